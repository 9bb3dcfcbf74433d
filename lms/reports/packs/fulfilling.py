"""Making, in the worker, the pack that was ordered: see `ordering`."""

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from lms.reports.figures import scope as scopes
from lms.reports.packs import making
from lms.reports.packs.models import OrderState, PackOrder

# On a busy day the record moves while it is read.
TRIES = 3


def fulfil(order_id):
    """Make the pack of an order, or write down why there is none. Running it twice makes one."""
    order = PackOrder.objects.select_related("user", "replaces").get(pk=order_id)
    if not order.is_being_made:
        return
    try:
        with override(order.language):
            _make(order)
    except making.PackRefused as refused:
        _end(order, OrderState.REFUSED, code=refused.code)
    except Exception:
        _end(order, OrderState.FAILED)
        raise


def _make(order):
    scope = scopes.read(QueryDict(order.asked))
    for left in reversed(range(TRIES)):
        try:
            pack = making.draw_up(
                scope, actor=order.user, at=timezone.now(), replaces=order.replaces, reason=order.reason
            )
        except making.PackRefused as refused:
            if refused.code != "moved" or not left:
                raise
        else:
            return _deliver(order, pack)


@transaction.atomic
def _deliver(order, pack):
    # Taken by two workers, one that was thought dead and the one after it: the second makes none.
    locked = PackOrder.objects.select_for_update().get(pk=order.pk)
    if locked.is_being_made:
        locked.pack = making.freeze(pack, actor=order.user)
        locked.state = OrderState.READY
        locked.save(update_fields=["pack", "state"])


def _end(order, state, code=""):
    PackOrder.objects.filter(pk=order.pk, state=OrderState.MAKING).update(state=state, code=code)
