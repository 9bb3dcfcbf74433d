"""Making, in the worker, the archive that was ordered: see `ordering`."""

import tempfile

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from lms.archive import making
from lms.archive.models import UNMADE, ArchiveOrder, ArchiveState
from lms.archive.throwing_away import throw_away_old
from lms.backups import sealing
from lms.backups.refusing import Refused


def fulfil(order_id):
    """Make the archive of an order, or write down why there is none. Running it twice keeps one."""
    order = ArchiveOrder.objects.select_related("user").get(pk=order_id)
    if order.state not in UNMADE:
        return
    try:
        keys = sealing.recipients(settings.BACKUP_RECIPIENTS)
    except Refused:
        return _end(order, ArchiveState.REFUSED)
    try:
        _make(order, keys, at=timezone.now())
    except Exception:
        _end(order, ArchiveState.FAILED)
        raise
    throw_away_old(at=timezone.now())


def _make(order, keys, *, at):
    site = Site.objects.get(is_default_site=True)
    # Before the first byte is written: an export that broke off was one too.
    making.note(site, actor=order.user, at=at, sealed=True, people=order.people)
    with tempfile.TemporaryFile() as sealed:
        making.fill(sealed, at, keys, people=order.people)
        size = sealed.tell()
        order.file.save("archive", File(sealed), save=False)
    if not _deliver(order, size, at):
        order.file.storage.delete(order.file.name)


@transaction.atomic
def _deliver(order, size, at):
    """Whether it was wanted: of two workers, one that was thought dead and the one after it, the first wins."""
    unmade = ArchiveOrder.objects.filter(pk=order.pk, state__in=UNMADE)
    return unmade.update(state=ArchiveState.READY, file=order.file.name, size=size, made_at=at)


def _end(order, state):
    ArchiveOrder.objects.filter(pk=order.pk, state__in=UNMADE).update(state=state)
