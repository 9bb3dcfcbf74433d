"""Ordering an archive at the desk: the worker makes it, since it may take minutes."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from courses.audit import log
from lms.archive.models import ArchiveOrder, ArchiveState
from lms.archive.tasks import make_archive
from lms.backups import sealing
from lms.backups.refusing import Refused

# Longer than any takes: its worker was lost.
STALLED = timedelta(hours=1)


def has_keys():
    """Whether there is a public key for which an archive can be closed."""
    try:
        return bool(sealing.recipients(settings.BACKUP_RECIPIENTS))
    except Refused:
        return False


@transaction.atomic
def order(*, people, actor, at):
    """Have the worker make an archive. The ArchiveOrder; while one is being made, that one.

    Raises Refused where no key is set: an archive never lies on the server unsealed.
    """
    sealing.recipients(settings.BACKUP_RECIPIENTS)
    try:
        with transaction.atomic():
            made = ArchiveOrder.objects.create(people=people, user=actor, by=str(actor), at=at, begun_at=at)
    except IntegrityError:
        # It may have come to its end meanwhile: then there is room for this one.
        return _go_on(actor, at) or order(people=people, actor=actor, at=at)
    log.record("archive ordered", made, actor=actor, at=at, people=people)
    # Inside the transaction: the queue is a table, so it is made if and only if this holds.
    make_archive.enqueue(made.pk)
    return made


def _go_on(actor, at):
    """The one that is being made, or None; given to the worker once more where it stands still."""
    made = ArchiveOrder.objects.select_for_update(of=("self",)).filter(state=ArchiveState.MAKING).first()
    if made is not None and made.begun_at < at - STALLED:
        made.begun_at = at
        made.save(update_fields=["begun_at"])
        log.record("archive ordered again", made, actor=actor, at=at)
        make_archive.enqueue(made.pk)
    return made
