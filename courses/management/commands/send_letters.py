from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.mailing import sending


class Command(BaseCommand):
    help = "Hands the letters that are due to the mail server, each once. Run it every few minutes."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=500, help="so many letters in one run")

    def handle(self, *, most, **options):
        lost = sending.mark_lost(at=timezone.now())
        sent = sending.send_due(clock=timezone.now, most=most)
        purged = sending.purge_texts(at=timezone.now())
        if sent or lost or purged:
            self.stdout.write(f"{sent} sent, {lost} not known whether sent, {purged} texts forgotten.")
