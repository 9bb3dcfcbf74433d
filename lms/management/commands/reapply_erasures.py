from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.erasing import listing


class Command(BaseCommand):
    help = "After an older backup was restored: erases again whom the list beside the backups names."

    def add_arguments(self, parser):
        parser.add_argument("list", nargs="?", help="the list; erasures.jsonl in BACKUP_ROOT if not given")

    def handle(self, **options):
        try:
            self.stdout.write(in_words(*listing.do_again(options["list"], at=timezone.now())))
        except (listing.BadList, OSError) as error:
            raise CommandError(str(error)) from error


def in_words(again, absent):
    return f"Erased again: {again}. Of people who are not in this database: {absent}."
