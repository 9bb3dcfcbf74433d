"""Archives hold everybody's data: their files are kept for a short while, and few of them."""

from datetime import timedelta

from django.db import transaction

from courses.audit import log
from lms.archive.models import ArchiveOrder, ArchiveState

DAYS = 14
KEPT = 2


def throw_away_old(*, at):
    """Throw away the files of all but the newest two archives, and of those older than two weeks. Returns
    how many."""
    ready = ArchiveOrder.objects.filter(state=ArchiveState.READY).order_by("-made_at", "-pk")
    newest = ready.filter(made_at__gte=at - timedelta(days=DAYS)).values_list("pk", flat=True)[:KEPT]
    old = ready.exclude(pk__in=list(newest)).values_list("pk", flat=True)
    return sum(_throw_away(pk, at) for pk in list(old))


@transaction.atomic
def _throw_away(pk, at):
    order = ArchiveOrder.objects.select_for_update(of=("self",)).get(pk=pk)
    if not order.is_ready:
        return False
    file = order.file
    order.state, order.file = ArchiveState.THROWN_AWAY, ""
    order.save(update_fields=["state", "file"])
    log.record("archive thrown away", order, actor=None, at=at)
    transaction.on_commit(lambda name=file.name: file.storage.delete(name))
    return True
