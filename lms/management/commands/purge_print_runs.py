from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.batches.purging import DAYS, purge_print_runs


class Command(BaseCommand):
    help = "Removes the files of old print runs; each can be printed again. Run it every night."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=DAYS, help="so long the files are kept")

    def handle(self, *, days, **options):
        purged = purge_print_runs(at=timezone.now(), days=days)
        if purged:
            self.stdout.write(f"Files of {purged} print runs removed.")
