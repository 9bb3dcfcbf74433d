"""Somebody looked at what the check foretells, and says yes."""

from django.db import transaction
from django.db.models import Q

from courses.audit import log
from courses.choices import ImportDecision, ImportOutcome, ImportResult, ImportState
from courses.imports.models import ImportJob
from courses.imports.refusing import NotNow
from courses.imports.tasks import run_import


@transaction.atomic
def confirm(job, *, actor, at):
    """Have a checked table imported in the background. Raises NotNow; again, nothing happens."""
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.was_confirmed:
        return job
    if job.state != ImportState.CHECKED:
        raise NotNow
    # What nothing is done with is settled at once.
    job.rows.filter(outcome=ImportOutcome.ERROR).update(result=ImportResult.ERROR)
    undecided = Q(outcome=ImportOutcome.DECIDE, decision__in=["", ImportDecision.SKIP])
    job.rows.filter(undecided).update(result=ImportResult.SKIPPED)
    job.rows.filter(outcome=ImportOutcome.LEAVE).update(result=ImportResult.LEFT)
    job.state, job.confirmed_at = ImportState.RUNNING, at
    job.save(update_fields=["state", "confirmed_at"])
    log.record("import confirmed", job, actor=actor, at=at, kind=job.kind, rows=job.row_count)
    run_import.enqueue(job.pk)
    return job
