from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.reminding.sending import send_reminders


class Command(BaseCommand):
    help = "Writes the day's reminders, at most one letter a person. Run it once a day; twice does no harm."

    def handle(self, **options):
        letters, reminders = send_reminders(at=timezone.now())
        self.stdout.write(f"{letters} letters with {reminders} reminders.")
