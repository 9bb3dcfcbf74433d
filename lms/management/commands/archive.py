from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from wagtail.models import Site

from lms.archive import making
from lms.backups import sealing, writing
from lms.backups.refusing import Refused


class Command(BaseCommand):
    help = "Writes the whole record, or what names nobody, as a zip of HTML, CSV and PDF."

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", metavar="FILE", required=True, help="FILE.zip.age, or FILE.zip with --plain"
        )
        parser.add_argument("--plain", action="store_true", help="not encrypted: everybody who has it reads it")

        parser.add_argument(
            "--without-people", action="store_true", help="lessons, questions, figures, directory: no names"
        )

    def handle(self, *, to, plain, without_people, **options):
        path, at = Path(to), timezone.now()
        ending = ".zip" if plain else ".zip.age"
        if not path.name.endswith(ending):
            raise CommandError(f"The name of the file must end in {ending}.")
        try:
            keys = None if plain else sealing.recipients(settings.BACKUP_RECIPIENTS)
        except Refused as refused:
            raise CommandError(f"{refused} Or type --plain.") from refused
        if path.exists():
            raise CommandError(f"There is a file {path} already.")
        # Before the first byte leaves: an export that broke off was one too.
        site, people = Site.objects.get(is_default_site=True), not without_people
        making.note(site, actor=None, at=at, sealed=not plain, people=people)
        try:
            writing.write(path, lambda file: making.fill(file, at, keys, people=people))
        except FileExistsError as error:
            raise CommandError(f"Another archive is being written: {writing.part_of(path)}") from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{path}: {path.stat().st_size} bytes")
