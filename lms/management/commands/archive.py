from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from lms.archive import making
from lms.backups import sealing
from lms.backups.refusing import Refused


class Command(BaseCommand):
    help = "Writes people, training records, certificates and the audit log as a zip of HTML, CSV and PDF."

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", metavar="FILE", required=True, help="FILE.zip.age, or FILE.zip with --plain"
        )
        parser.add_argument("--plain", action="store_true", help="not encrypted: everybody who has it reads it")

    def handle(self, *, to, plain, **options):
        path, at = Path(to), timezone.now()
        ending = ".zip" if plain else ".zip.age"
        if not path.name.endswith(ending):
            raise CommandError(f"The name of the file must end in {ending}.")
        part = path.with_name(f"{path.name}.part")
        try:
            keys = None if plain else sealing.recipients(settings.BACKUP_RECIPIENTS)
        except Refused as refused:
            raise CommandError(f"{refused} Or type --plain.") from refused
        if path.exists():
            raise CommandError(f"There is a file {path} already.")
        # Before the first byte leaves: an export that broke off was one too.
        making.note(Site.objects.get(is_default_site=True), actor=None, at=at, sealed=not plain)
        try:
            with part.open("xb") as file:
                part.chmod(0o600)
                if plain:
                    for chunk in making.chunks(at):
                        file.write(chunk)
                else:
                    sealing.seal(making.chunks(at), file, keys)
            part.rename(path)
        except FileExistsError as error:
            raise CommandError(f"Another archive is being written: {part}") from error
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        self.stdout.write(f"{path}: {path.stat().st_size} bytes")
