import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.queueing.handing_out import hand_out_untold
from lms.reaping import RUNNING_TOO_LONG, TRIES, reap_tasks


class Command(BaseCommand):
    help = (
        "Puts background tasks whose worker died back into the queue, and tells the workers of those that "
        "they were never told of. Run it every few minutes."
    )

    def add_arguments(self, parser):
        minutes = RUNNING_TOO_LONG.total_seconds() / 60
        parser.add_argument("--minutes", type=float, default=minutes, help="a task may run for so long")
        parser.add_argument("--tries", type=int, default=TRIES, help="then it is marked as failed")

    def handle(self, *, minutes, tries, **options):
        put_back, given_up = reap_tasks(
            at=timezone.now(), longer_than=datetime.timedelta(minutes=minutes), tries=tries
        )
        if put_back or given_up:
            self.stdout.write(f"{put_back} put back, {given_up} given up.")
        if told := hand_out_untold(at=timezone.now()):
            self.stdout.write(f"{told} told to the workers.")
