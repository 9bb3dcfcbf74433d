"""The queue for many hosts: rows in the database, handed out by Redis."""

from django_tasks_db import DatabaseBackend

from lms.queueing.handing_out import hand_out


class RecordedQueue(DatabaseBackend):
    """A task for later starts when `reap_tasks` runs next, which may be ten minutes after its time."""

    def enqueue(self, task, args, kwargs):
        result = super().enqueue(task, args, kwargs)
        hand_out(result.db_result)
        return result

    async def aenqueue(self, task, args, kwargs):
        raise NotImplementedError("Tasks belong to a transaction; enqueue them from synchronous code.")
