from django.utils import timezone
from django_tasks import task

from courses.drills.remarking import marking_again

# Of one turn. Then others who wait for the worker have theirs.
BATCHES = 10


@task()
def go_on_with_drill_repair(repair_id):
    """Work out what another edition would change, or mark again by it. Running it twice does each run once."""
    if marking_again.go_on(repair_id, at=timezone.now(), batches=BATCHES):
        go_on_with_drill_repair.enqueue(repair_id)
