from django.utils import timezone
from django_tasks import task

from courses.quizzes import foreseeing, marking_anew

# Of one turn. Then others who wait for the worker have theirs, and a turn is never so long that it is taken for
# one whose worker died.
BATCHES = 10


@task()
def work_out_repair(repair_id):
    """Work out what a proposed key would change. Running it twice works it out once."""
    if foreseeing.work_out(repair_id, batches=BATCHES):
        work_out_repair.enqueue(repair_id)


@task()
def run_repair(repair_id):
    """Mark again whoever was asked. Running it twice marks each attempt once."""
    if marking_anew.run(repair_id, at=timezone.now(), batches=BATCHES):
        run_repair.enqueue(repair_id)
