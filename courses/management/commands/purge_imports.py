import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.imports.purging import KEPT_FOR, purge_imports


class Command(BaseCommand):
    help = "Deletes the files and cells of imports that are older than some weeks. Run it every night."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=KEPT_FOR.days, help="an import is kept so long")

    def handle(self, *, days, **options):
        purged = purge_imports(at=timezone.now(), older_than=datetime.timedelta(days=days))
        if purged:
            self.stdout.write(f"{purged} imports purged.")
