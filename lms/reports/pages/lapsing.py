"""What lapses within 90 days from today, and the invitation to renew it."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.choices import Approval
from courses.people import roles
from lms.reminding.inviting import Outcome, invite
from lms.reports.figures import periods
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.guard import sees_every_figure, sees_figures
from lms.reports.pages.frame import page, tabs

ROWS_A_PAGE = 50
NAMES_SHOWN = 100


def due(scope):
    """The certificates that lapse within 90 days of today, the nearest first.

    As many as the figure says; a supervisor sees those of people who work for the agency today.
    """
    today = timezone.localdate()
    rows = FIGURES["lapsing"].rows(of_today(scope))
    if scope.only_agency is not None:
        rows = rows.filter(
            Q(owner__left_on=None) | Q(owner__left_on__gt=today), owner__agency=scope.only_agency
        ).exclude(owner__approval=Approval.REFUSED)
    return rows.select_related("owner__agency").order_by("valid_until", "owner__full_name", "pk")


def of_today(scope):
    """The same, for a period that today is in."""
    today = timezone.localdate()
    is_now = scope.period.first <= today <= scope.period.last
    return scope if is_now else replace(scope, period=periods.calendar(today.year))


@require_safe
@sees_figures
def lapsing(request):
    request.scope = of_today(request.scope)
    listing = Paginator(due(request.scope), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/lapsing.html",
        listing=listing,
        may_invite=roles.may_invite_to_renew(request.user),
        definition=FIGURES["lapsing"].definition,
    )


@require_POST
@sees_every_figure
def lapsing_invite(request):
    """First it asks; the answer writes the letters and says to whom none was written."""
    if not roles.may_invite_to_renew(request.user):
        raise PermissionDenied
    scope = request.scope = of_today(request.scope)
    rows = due(scope)
    everything = "all" in request.POST
    if not everything:
        chosen = [key for key in request.POST.getlist("certificate") if key.isascii() and key.isdigit()]
        rows = rows.filter(pk__in=[int(key[:15]) for key in chosen[:ROWS_A_PAGE]])
    keys = list(rows.values_list("pk", flat=True))
    back = reverse("reports_lapsing") + scope.query()
    if not keys:
        messages.info(request, _("Nobody was chosen, so nothing was written. Tick whom to invite."))
        return redirect(back)
    context = {"tabs": tabs(request), "back": back, "query": scope.query()}
    if "confirmed" in request.POST:
        found = invite(keys, actor=request.user, at=timezone.now())
        context["outcomes"] = [
            (outcome.label, len(found[outcome]), found[outcome]) for outcome in Outcome if outcome in found
        ]
        return render(request, "lms/reports/figures/lapsing_invited.html", context)
    people = rows.order_by("owner__full_name", "owner").values_list("owner__full_name", "owner").distinct()
    context |= {
        "everything": everything,
        "keys": [] if everything else keys,
        "certificates": len(keys),
        "people": people.count(),
        "names": [name for name, _key in people[:NAMES_SHOWN]],
    }
    return render(request, "lms/reports/figures/lapsing_ask.html", context)
