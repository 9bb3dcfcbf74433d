"""A task in the hands of a worker that was told of it by Redis."""

from django.db import close_old_connections, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_rq import Job


class RecordedJob(Job):
    """Runs only what is still to be run by its row, and writes into the row what came of it.

    So a task that the workers were told of twice is run once, and one whose worker died stays marked as
    running until `lms.reaping` puts it back.
    """

    def _execute(self):
        # The connection may have been closed while the worker waited.
        close_old_connections()
        try:
            row = self._claim()
            return None if row is None else self._run(row)
        finally:
            close_old_connections()

    @transaction.atomic
    def _claim(self):
        waiting = DBTaskResult.objects.filter(pk=self.id, status=TaskResultStatus.READY)
        row = waiting.select_for_update(skip_locked=True).first()
        if row is not None:
            row.claim((self.worker_name or "worker")[:64])
        return row

    def _run(self, row):
        try:
            value = super()._execute()
            row.set_successful(value)
        except BaseException as error:
            close_old_connections()
            row.set_failed(error)
            raise
        return value
