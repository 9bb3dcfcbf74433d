from django.utils import timezone
from django_tasks import task

from certificates.batches import drawing


@task()
def go_on_printing(run_id):
    """Draw the next part of a print run, or close it; the part after it is a task of its own, so that mail
    goes out meanwhile. Running it twice draws nothing twice."""
    if drawing.go_on(run_id, at=timezone.now()):
        go_on_printing.enqueue(run_id)
