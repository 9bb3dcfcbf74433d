"""The dry run: every row is looked at and kept with what it comes to; nothing else is written."""

from itertools import islice

from django.db import transaction

from courses.choices import ImportOutcome, ImportState
from courses.imports import reading
from courses.imports.kinds import kind_of
from courses.imports.models import ImportJob, ImportRow
from courses.imports.refusing import Unreadable

AT_ONCE = 250


def check(job_pk, *, at):
    """Look at all rows that were not looked at yet. A killed check goes on where it stopped."""
    job = ImportJob.objects.select_related("agency").filter(pk=job_pk, state=ImportState.CHECKING).first()
    if job is None:
        return
    try:
        with job.file.open("rb") as file:
            count = sum(1 for _row in reading.rows_of(file))
            if not count:
                raise Unreadable("no_rows")
            ImportJob.objects.filter(pk=job.pk).update(row_count=count)
            rows = reading.rows_of(file, after=job.checked_up_to)
            while chunk := list(islice(rows, AT_ONCE)):
                if not _keep(job, chunk):
                    return
    except FileNotFoundError:
        _fail(job, "gone")
    except Unreadable as refused:
        _fail(job, refused.code)
    else:
        ImportJob.objects.filter(pk=job.pk, state=ImportState.CHECKING).update(
            state=ImportState.CHECKED, checked_at=at
        )


def _keep(job, chunk):
    """Check some rows and keep them; False if somebody else does so meanwhile."""
    rows = [_row(job, read) for read in chunk]
    kind_of(job.kind).check(job, [row for row in rows if row.outcome != ImportOutcome.ERROR])
    with transaction.atomic():
        # The job's row is the lock, and where the check stands tells of another one.
        locked = ImportJob.objects.select_for_update(of=("self",)).filter(pk=job.pk).first()
        if locked is None or (locked.state, locked.checked_up_to) != (ImportState.CHECKING, job.checked_up_to):
            return False
        ImportRow.objects.bulk_create(rows)
        job.checked_up_to = chunk[-1].n
        job.save(update_fields=["checked_up_to"])
    return True


def _row(job, read):
    values = {name: read.cells[n] for name, n in job.columns.items() if n < len(read.cells) and read.cells[n]}
    row = ImportRow(job=job, n=read.n, values=values)
    if read.fault:
        row.outcome, row.notes = ImportOutcome.ERROR, [[read.fault, {}]]
    return row


def _fail(job, code):
    with transaction.atomic():
        job.rows.all().delete()
        ImportJob.objects.filter(pk=job.pk, state=ImportState.CHECKING).update(
            state=ImportState.FAILED, problem=code
        )
