"""Removing the files of old print runs. What was printed stays in the rows, and can be printed again."""

from datetime import timedelta

from django.db import transaction

from certificates.batches.drawing import remove_files
from certificates.batches.models import PrintRun
from courses.audit import log
from courses.choices import PrintRunState

DAYS = 30


def purge_print_runs(*, at, days=DAYS):
    """Remove the files of runs finished more than `days` ago. Returns how many."""
    old = PrintRun.objects.filter(state=PrintRunState.READY, finished_at__lt=at - timedelta(days=days))
    purged = [_purge(pk, at) for pk in list(old.values_list("pk", flat=True))]
    return len(purged)


def _purge(pk, at):
    with transaction.atomic():
        run = PrintRun.objects.select_for_update().get(pk=pk)
        run.state, run.pdf, run.archive = PrintRunState.PURGED, "", ""
        run.save(update_fields=["state", "pdf", "archive"])
        log.record("print run purged", run, actor=None, at=at)
    remove_files(run)
    return run
