"""Tasks whose worker died, or that failed because something was away: run again, and given up after a while.

A worker that is killed leaves its task marked as running for ever, and nothing else looks
for it. One that failed while the disk was full or the store of files was not reached would stay
failed. Every task of this site may be run twice without harm, so it is simply put back.
"""

import datetime

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.away.knowing import MAY_BE
from lms.queueing.handing_out import hand_out

RUNNING_TOO_LONG = datetime.timedelta(minutes=15)
# Each worker that took the task stands in its list: the list counts the tries.
TRIES = 3
# What was away is tried for so long, whenever this runs: a night in which nobody makes room on the disk.
AGAIN_FOR = datetime.timedelta(days=1)
GIVEN_UP = "lms.reaping.WorkerDied"


@transaction.atomic
def reap_tasks(*, at, longer_than=RUNNING_TOO_LONG, tries=TRIES):
    """Put back the tasks that have run for too long, and those that failed because something was away.

    Returns (put back, given up).
    """
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
    return put_back + _try_again(at), given_up


def _try_again(at):
    failed = DBTaskResult.objects.failed().filter(
        exception_class_path__in=MAY_BE, enqueued_at__gt=at - AGAIN_FOR
    )
    tried = 0
    for task in failed.select_for_update(skip_locked=True):
        # Why it failed stays until it is known how it goes this time.
        task.status = TaskResultStatus.READY
        task.started_at = task.finished_at = None
        # Its workers lived: if one dies now, it is the first.
        task.worker_ids = []
        task.save(update_fields=["status", "started_at", "finished_at", "worker_ids"])
        hand_out(task)
        tried += 1
    return tried
