"""Telling the workers of a row that is ready."""

import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import TASK_MAX_PRIORITY
from django_tasks_db.models import DBTaskResult

# So long after it became ready a task must have been told.
UNTOLD = datetime.timedelta(minutes=1)
# The row says all; what Redis keeps of a job is for looking.
KEPT_SECONDS = 3600
FEW = 500


def by_redis():
    return settings.TASK_QUEUE == "redis"


def hand_out(row):
    """Tell the workers as soon as this transaction is in the database. Where Redis is away the row waits,
    and `hand_out_untold` tells them later."""
    if by_redis():
        transaction.on_commit(lambda: _tell(row), robust=True)


def hand_out_untold(*, at):
    """Tell the workers of every row that is due and of which Redis knows nothing. Returns how many.

    Nothing is known of a task when Redis was away or was emptied, when the process died between the
    transaction and the telling, and of a task that was meant for later.
    """
    if not by_redis():
        return 0
    due = DBTaskResult.objects.ready().filter(enqueued_at__lt=at - UNTOLD)
    told = 0
    known = {}
    for row in due.iterator(chunk_size=FEW):
        if row.queue_name not in known:
            known[row.queue_name] = set(queue(row.queue_name).get_job_ids())
        if str(row.pk) not in known[row.queue_name]:
            _tell(row)
            told += 1
    return told


def _tell(row):
    if row.status != TaskResultStatus.READY or _is_for_later(row):
        return
    waiting = queue(row.queue_name)
    job = waiting.create_job(
        row.task_path,
        args=row.args_kwargs["args"],
        kwargs=row.args_kwargs["kwargs"],
        job_id=str(row.pk),
        meta={"backend_name": row.backend_name},
        result_ttl=KEPT_SECONDS,
        failure_ttl=KEPT_SECONDS,
    )
    waiting.enqueue_job(job, at_front=row.priority == TASK_MAX_PRIORITY)


def _is_for_later(row):
    return row.task.run_after is not None and row.run_after > timezone.now()


def queue(name="default"):
    """RQ's queue of that name."""
    import django_rq  # noqa: PLC0415 - there only where Redis hands tasks out

    from lms.queueing.jobs import RecordedJob  # noqa: PLC0415

    return django_rq.get_queue(
        name, job_class=RecordedJob, connection=_connection(settings.RQ_QUEUES[name]["URL"])
    )


@lru_cache(maxsize=2)
def _connection(url):
    from redis import Redis  # noqa: PLC0415

    from lms.shared_cache import impatient  # noqa: PLC0415

    return Redis.from_url(url, **impatient())
