from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.erasing import clock, listing


class Command(BaseCommand):
    help = "Every night: forgets what is kept no longer, and writes the list of erasures beside the backups."

    def handle(self, **options):
        for what, n in clock.forget(at=timezone.now()).items():
            if n:
                self.stdout.write(f"{n} {what} forgotten.")
        self.stdout.write(f"Erasures listed: {listing.write()}")
