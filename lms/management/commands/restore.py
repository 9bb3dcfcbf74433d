from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.backups import rehearsing, restoring
from lms.backups.models import Verdict
from lms.backups.refusing import Refused
from lms.erasing import listing
from lms.management.commands.backup import add_identity, read_identity
from lms.management.commands.reapply_erasures import in_words

NEXT = """\
Restored: the site {site} as it was on {made_at}: {rows} rows, {files} files.

What to do next:
1. Read {settings_path}: the settings of the old machine. Check SITE_URL, ALLOWED_HOSTS and EMAIL_URL.{aside}
2. manage.py collectstatic --noinput, then start the services.
3. Sign in, open a certificate and check its code at {site}/verify/
4. Letters that waited when the backup was made are sent now; some may arrive twice.
5. {erased}
6. manage.py backup: the first backup of the new machine.
"""

NO_LIST = (
    "There is no list of erasures at {path}. If the old machine had one, put it there; then: "
    "manage.py reapply_erasures"
)


class Command(BaseCommand):
    help = "Restores a backup into an empty machine; --rehearse tries it without touching the site that runs."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        add_identity(parser)
        parser.add_argument("--rehearse", action="store_true", help="into a throw-away database and folder")
        parser.add_argument(
            "--replace-site",
            metavar="NAME",
            default="",
            help="the host of the site that is here, typed in full",
        )

    def handle(self, *, file, identity, rehearse, replace_site, **options):
        try:
            keys = read_identity(identity)
            if rehearse:
                self.rehearse(Path(file), keys)
            else:
                self.restore(Path(file), keys, replace_site)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def restore(self, path, keys, typed):
        done = restoring.restore(path, keys, at=timezone.now(), typed=typed)
        erased = self.erase_again()
        aside = "" if done.settings_path.name == ".env" else "\n   Copy SECRET_KEY from it into .env, at least."
        self.stdout.write(NEXT.format(**{**vars(done), "aside": aside, "erased": erased}))

    def erase_again(self):
        """A backup brings back whom somebody erased since it was made."""
        try:
            return in_words(*listing.do_again(at=timezone.now()))
        except FileNotFoundError:
            return NO_LIST.format(path=listing.in_place())
        except listing.BadList as error:
            return f"Nobody was erased again: {error} Mend it, then: manage.py reapply_erasures"

    def rehearse(self, path, keys):
        rehearsal = rehearsing.rehearse(path, keys, at=timezone.now())
        for what, right, found in rehearsal.checks:
            self.stdout.write(f"{'good' if right else 'BAD '}  {what}{f' ({found})' if found else ''}")
        self.stdout.write(
            f"{rehearsal.get_verdict_display()}, in {rehearsal.took.total_seconds():.0f} seconds."
        )
        if rehearsal.verdict != Verdict.GOOD:
            raise CommandError("The backup could not be restored as it should.")
