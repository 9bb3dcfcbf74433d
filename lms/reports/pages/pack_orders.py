"""A pack that the worker makes: how it stands, and once more where it failed."""

from datetime import timedelta

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.people import roles
from lms.reports.figures import scope as scopes
from lms.reports.figures.forms import period_in_words
from lms.reports.figures.guard import sees_every_figure
from lms.reports.packs.models import OrderState, PackOrder
from lms.reports.packs.ordering import order_again
from lms.reports.pages.frame import tabs
from lms.reports.pages.packs import MADE, REFUSED, makes_packs

# A worker that died is noticed, and its work given to another, within a quarter of an hour.
STALLED = timedelta(minutes=20)
LOOK_AGAIN = 5


@require_safe
@sees_every_figure
def order(request, uuid):
    """It asks anew by itself, without script, and leads to the pack when there is one."""
    made = get_object_or_404(PackOrder.objects.select_related("pack"), uuid=uuid)
    if made.state == OrderState.READY:
        messages.success(request, MADE)
        return redirect("reports_pack", made.pack.uuid)
    stalled = made.is_being_made and made.begun_at < timezone.now() - STALLED
    context = {
        "tabs": tabs(request),
        "order": made,
        "period": period_in_words(scopes.read(QueryDict(made.asked)).period),
        "stalled": stalled,
        "refused": REFUSED.get(made.code),
        "may_make": roles.may_make_packs(request.user),
    }
    answer = render(request, "lms/reports/packs/order.html", context)
    if made.is_being_made and not stalled:
        answer["Refresh"] = str(LOOK_AGAIN)
    return answer


@require_POST
@makes_packs
def again(request, uuid):
    made = get_object_or_404(PackOrder, uuid=uuid)
    order_again(made, actor=request.user, at=timezone.now())
    return redirect("reports_pack_order", uuid)
