from django.utils import timezone
from django_tasks import task

from courses.mailing import sending


@task()
def send_letter(letter_id):
    """Try to send one letter now. Running it twice sends it once."""
    sending.send(letter_id, at=timezone.now())
