"""Tasks whose worker died: found, run again, and given up after a while.

A worker that is killed leaves its task marked as running for ever, and nothing else looks
for it. Every task of this site may be run twice without harm, so it is simply put back.
"""

import datetime

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.queueing.handing_out import hand_out

RUNNING_TOO_LONG = datetime.timedelta(minutes=15)
# Each worker that took the task stands in its list: the list counts the tries.
TRIES = 3
GIVEN_UP = "lms.reaping.WorkerDied"


@transaction.atomic
def reap_tasks(*, at, longer_than=RUNNING_TOO_LONG, tries=TRIES):
    """Put back the tasks that have run for too long. Returns (put back, given up)."""
    stuck = DBTaskResult.objects.running().filter(started_at__lt=at - longer_than)
    put_back = given_up = 0
    for task in stuck.select_for_update(skip_locked=True):
        if len(task.worker_ids) < tries:
            task.status = TaskResultStatus.READY
            task.started_at = None
            put_back += 1
        else:
            task.status = TaskResultStatus.FAILED
            task.finished_at = at
            task.exception_class_path = GIVEN_UP
            task.traceback = f"The worker died {len(task.worker_ids)} times."
            given_up += 1
        task.save(update_fields=["status", "started_at", "finished_at", "exception_class_path", "traceback"])
        hand_out(task)
    return put_back, given_up
