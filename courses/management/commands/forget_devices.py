from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.people.heard import forget_silent


class Command(BaseCommand):
    help = "Forget the devices that were not heard from for a year. Again, it does no harm."

    def handle(self, *args, **options):
        self.stdout.write(f"{forget_silent(at=timezone.now())} forgotten.")
