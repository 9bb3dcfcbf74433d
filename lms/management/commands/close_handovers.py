from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.handover.closing import close_due


class Command(BaseCommand):
    help = "Closes the access of those who have handed over, after the last day. Run it every few minutes."

    def handle(self, **options):
        for handover, refused in close_due(at=timezone.now(), day=timezone.localdate()):
            told = f"not closed ({refused})" if refused else "closed"
            self.stdout.write(f"Hand-over {handover.uuid}: {told}.")
