"""Asking for a pack: a small one is made while one waits, a large one by the worker."""

from django.db import transaction
from django.utils.translation import get_language

from courses.audit import log
from lms.reports.figures.training import Certified, Training
from lms.reports.packs.models import OrderState, PackOrder
from lms.reports.packs.tasks import make_pack

# Of so many rows a pack is made in about a second.
LARGE = 3000


def is_large(scope):
    """Whether it takes longer than somebody should look at an empty page."""
    rows = (scope.within(Training.objects.all()), scope.in_place(Certified.objects.in_force(scope.day)))
    return any(some.order_by()[: LARGE + 1].count() > LARGE for some in rows)


@transaction.atomic
def order(scope, *, actor, at, replaces=None, reason=""):
    """Have the worker make a pack. The PackOrder; pressed twice, the one there is."""
    asked = scope.query().removeprefix("?")
    known = PackOrder.objects.filter(asked=asked, replaces=replaces, state=OrderState.MAKING).first()
    if known is not None:
        return known
    made = PackOrder.objects.create(
        asked=asked,
        language=get_language(),
        replaces=replaces,
        reason=reason,
        user=actor,
        by=str(actor),
        at=at,
        begun_at=at,
    )
    log.record("figures ordered", made, actor=actor, at=at, asked=asked)
    # Inside the transaction: the queue is a table, so it is made if and only if this holds.
    make_pack.enqueue(made.pk)
    return made


@transaction.atomic
def order_again(made, *, actor, at):
    """Give an order that failed, was refused or stands still to the worker once more."""
    made = PackOrder.objects.select_for_update().get(pk=made.pk)
    if made.state == OrderState.READY:
        return made
    made.state, made.code, made.begun_at = OrderState.MAKING, "", at
    made.save(update_fields=["state", "code", "begun_at"])
    log.record("figures ordered again", made, actor=actor, at=at)
    make_pack.enqueue(made.pk)
    return made
