from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.archive.throwing_away import throw_away_old


class Command(BaseCommand):
    help = "Throws away the files of old archives that were ordered at the desk. Run it every night."

    def handle(self, **options):
        thrown_away = throw_away_old(at=timezone.now())
        if thrown_away:
            self.stdout.write(f"Files of {thrown_away} archives thrown away.")
