"""The overview: four figures with their trend, the targets, the months, what lapses, where people stop."""

from dataclasses import dataclass, replace

from django.db.models import Count, Window
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from courses.people import roles
from lms.reports.figures import stopping, trends
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MINUTES
from lms.reports.figures.guard import sees_figures
from lms.reports.pages import lapsing, overview_sections
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import page

# Who came, how much it was, what stands, and what is about to fall: the first two can be sent in a report as
# they are, the last two say whether that will last.
KEYS = {
    "people": _("people trained"),
    "hours": _("hours of training"),
    "in-force": _("certificates in force"),
    "lapsing": _("certificates lapse within 90 days"),
}
AS_IT_STANDS = {"in-force", "lapsing"}
# What only some of the sections could be narrowed by.
WITHOUT = ("district", "workshop", "funder", "kind")
SECTIONS = {
    "agencies": overview_sections.agencies,
    "months": overview_sections.months,
    "heard": overview_sections.heard,
}
LAPSING_SHOWN = 10


@dataclass(frozen=True)
class Key:
    value: int
    label: str
    trend: str
    definition: str
    address: str


@require_safe
@sees_figures
def overview(request):
    scope = _narrow(request)
    sees_all = roles.may_see_every_figure(request.user)
    links = Links(scope, request.user)
    sections = [make(scope, links) for make in SECTIONS.values()]
    if sees_all:
        steps = overview_sections.funnel(stopping.course_of(scope), scope, links)
        sections += [steps] if steps else []
    for section in sections:
        section.csv = reverse("reports_overview_sheet", args=[section.name, "csv"]) + scope.query()
    # The first of them, and with each of them how many there are.
    due = list(lapsing.due(scope).annotate(among=Window(Count("pk")))[:LAPSING_SHOWN])
    return page(
        request,
        "lms/reports/figures/overview.html",
        without=WITHOUT,
        keys=[_key(name, label, scope, links) for name, label in KEYS.items()],
        sections=sections,
        lapsing=due,
        lapsing_count=due[0].among if due else 0,
        may_invite=roles.may_invite_to_renew(request.user),
    )


@require_GET
@sees_figures
def overview_sheet(request, name, file_format):
    """The table of a section as a download."""
    scope = _narrow(request)
    links = Links(scope, request.user)
    if name == "funnel" and roles.may_see_every_figure(request.user):
        section = overview_sections.funnel(stopping.course_of(scope), scope, links)
    elif name in SECTIONS:
        section = SECTIONS[name](scope, links)
    else:
        section = None
    if section is None:
        raise Http404
    return exported(request, lambda: section.table, file_format, report=f"overview: {name}")


def _narrow(request):
    """What not every section could be narrowed by is left out of the address, too."""
    wanted = dict.fromkeys(WITHOUT, "")
    if not roles.may_see_every_figure(request.user):
        # There is only the own agency, and within it these would point at single people.
        wanted |= {"agency": "", "sector": "", "sex": ""}
    request.scope = replace(request.scope, **wanted)
    return request.scope


class Links:
    """Where the lists behind numbers are: for a supervisor, the page of the own people."""

    def __init__(self, scope, user):
        self.scope, self.user = scope, user

    def figure(self, name, **changes):
        return self._list("figure", name, changes)

    def people(self, name, **changes):
        return self._list("figure_people", name, changes)

    def _list(self, address, name, changes):
        if not roles.may_see_every_figure(self.user):
            return reverse("reports")
        return reverse(address, args=[name]) + self.scope.query(**changes)

    def target(self, agency):
        """Where the target of an agency is set, or ""."""
        return reverse("agencies:edit", args=[agency]) if roles.may_manage_people(self.user) else ""


def _key(name, label, scope, links):
    figure = FIGURES[name]
    before = replace(scope, period=scope.period.before())
    whole = 60 if figure.counts == MINUTES else 1
    now, then = (value // whole for value in figure.values([scope, before]))
    if name in AS_IT_STANDS:
        trend = trends.standing_in_words(now - then, before.period)
    else:
        trend = trends.in_words(now - then, before.period, runs=scope.day < scope.period.last)
    return Key(now, label, trend, figure.definition, links.figure(name))
