from django.utils import timezone
from django_tasks import task

from courses.mailing import sending
from courses.mailing.models import Letter


@task()
def send_letter(letter_id):
    """Send this letter now, and over the same connection whatever else is due. Harmless when run twice."""
    if Letter.objects.due(timezone.now()).filter(pk=letter_id).exists():
        sending.send_due(clock=timezone.now)
