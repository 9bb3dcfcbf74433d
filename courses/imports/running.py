"""The checked rows become part of the record, some at a time: all of those or none."""

from django.db import transaction
from django.db.models import Count

from courses.audit import log
from courses.choices import ImportResult, ImportState
from courses.imports.kinds import kind_of
from courses.imports.models import ImportJob


def run(job_pk, *, actor, at):
    """Import what is left to import. A killed run goes on where it stopped; two do nothing twice."""
    while _run_some(job_pk, actor=actor, at=at):
        pass


@transaction.atomic
def _run_some(job_pk, *, actor, at):
    # The job's row is the lock: a second worker waits, and then finds these rows done.
    locked = ImportJob.objects.select_for_update(of=("self",)).filter(pk=job_pk, state=ImportState.RUNNING)
    job = locked.select_related("agency").first()
    if job is None:
        return False
    kind = kind_of(job.kind)
    rows = list(job.rows.filter(result="").order_by("n")[: kind.at_once])
    if not rows:
        job.state, job.done_at = ImportState.DONE, at
        job.save(update_fields=["state", "done_at"])
        log.record("import done", job, actor=actor, at=at, **results_of(job))
        return False
    kind.run(job, rows, actor=actor, at=at)
    job.rows.bulk_update(rows, ["result", "person", "notes"])
    return True


def results_of(job):
    """{result: how many rows}"""
    counted = job.rows.exclude(result="").order_by().values_list("result").annotate(n=Count("id"))
    return {**dict.fromkeys(ImportResult.values, 0), **dict(counted)}
