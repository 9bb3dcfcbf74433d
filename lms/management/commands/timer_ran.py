from django.core.management.base import BaseCommand
from django.utils import timezone

from lms.doctor.models import TIMERS
from lms.doctor.timing import ran


class Command(BaseCommand):
    help = "Notes that a timer ran to its end, for `doctor`. It is the last step of each timer."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=TIMERS)

    def handle(self, *, name, **options):
        ran(name, at=timezone.now())
