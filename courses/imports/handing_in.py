"""A file comes in, its columns are chosen, and it is thrown away again if nobody wants it."""

import hashlib

from django.core.files.base import File
from django.db import transaction

from courses.audit import log
from courses.choices import ImportState
from courses.imports import reading
from courses.imports.kinds import kind_of
from courses.imports.models import ImportJob
from courses.imports.refusing import ColumnsMissing, NothingKnown, NotNow, Unreadable
from courses.imports.tasks import check_import

# Before it is confirmed, the columns may be chosen anew.
BEFORE = [ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED]


def upload(kind_name, file, file_name, *, actor, at):
    """Keep an uploaded table; its columns are guessed. Raises Unreadable or NothingKnown."""
    kind = kind_of(kind_name)
    headings = reading.headings_of(file)
    columns = kind.guess(headings)
    if next(reading.rows_of(file), None) is None:
        raise Unreadable("no_rows")
    if not columns:
        raise NothingKnown(kind.missing(columns), headings)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    with transaction.atomic():
        job = ImportJob(
            kind=kind.name,
            file_name=reading.one_line(file_name)[-120:],
            sha256=digest,
            columns=columns,
            author=str(actor),
            author_id=actor.pk,
            created_at=at,
        )
        job.file.save("table", File(file), save=False)
        job.save()
        log.record("import uploaded", job, actor=actor, at=at, kind=kind.name, sha256=digest)
    return job


@transaction.atomic
def choose_columns(job, columns, agency, *, actor, at):
    """Say what each column is, and have every row checked. Raises ColumnsMissing or NotNow."""
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state not in BEFORE:
        raise NotNow
    missing = kind_of(job.kind).missing(columns)
    if missing:
        raise ColumnsMissing(missing)
    job.rows.all().delete()
    job.columns, job.agency, job.state, job.problem = columns, agency, ImportState.CHECKING, ""
    job.checked_up_to, job.row_count, job.checked_at = 1, 0, None
    job.save()
    log.record("import columns chosen", job, actor=actor, at=at, columns=columns)
    check_import.enqueue(job.pk)
    return job


@transaction.atomic
def throw_away(job, *, actor, at):
    """Delete an upload that was not run, with its file. Raises NotNow for one that was."""
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.was_confirmed:
        raise NotNow
    log.record("import thrown away", job, actor=actor, at=at, kind=job.kind, sha256=job.sha256)
    file = job.file
    job.rows.all().delete()
    job.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
