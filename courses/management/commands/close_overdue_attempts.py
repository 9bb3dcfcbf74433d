from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.quizzes.closing import close_overdue_attempts


class Command(BaseCommand):
    help = "Hand in the test attempts whose time is over, with what was saved. Run it every few minutes."

    def handle(self, *args, **options):
        closed, failed = close_overdue_attempts(at=timezone.now())
        if closed:
            self.stdout.write(f"{closed} handed in.")
        if failed:
            raise CommandError(f"{failed} not done; see above. The rest is.")
