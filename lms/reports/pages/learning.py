"""What was learnt: before against after, by objective and by group. Nobody's score is on it."""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from courses.enrolment.cohorts import Cohort
from courses.people.models import Person
from lms.reports.charts import dumbbells
from lms.reports.figures import columns
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.scope import NONE
from lms.reports.figures.tables import CSV, FORMATS, in_words
from lms.reports.figures.training import COMPLETION, WORKSHOP
from lms.reports.learning import objectives, pairs, tables, wording
from lms.reports.learning.gain import learnt
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import page

GROUPS = (pairs.COURSE, pairs.COHORT, pairs.WORKSHOP, pairs.AGENCY)
TABLES = {pairs.EVERYBODY, tables.OBJECTIVES, *GROUPS}
ROWS_A_PAGE = 50


@require_safe
@sees_every_figure
def learning(request):
    scope, counted = request.scope, pairs.read(request.scope)
    whole = learnt(counted[pairs.EVERYBODY][""])
    found = objectives.read(scope) if whole.is_judged else []
    shown = [
        tables.of_groups(scope, name, counted[name], _address_of(scope, name))
        for name in GROUPS
        if counted[name]
    ]
    listed = _list(scope.query())
    context = {
        "whole": whole,
        "said": wording.of_everybody(whole),
        "how": wording.of_interval(whole),
        "listed": listed,
        "objectives": tables.of_objectives(scope, found) if found else None,
        "objectives_found": wording.of_objectives(found),
        "objectives_sub": _("share of the questions on each objective wholly right, before and after"),
        "objectives_csv": _sheet(scope, tables.OBJECTIVES, CSV),
        "chart": dumbbells(
            (one.text, one.before, one.after, wording.of_row(one)) for one in found if one.is_shown
        ),
        "groups": [(tables.TITLES[one.name], one, _sheets(scope, one.name)) for one in shown],
        "notes": tables.notes(),
        "definition": FIGURES["tested"].definition,
    }
    return page(request, "lms/reports/learning/page.html", **context)


@require_GET
@sees_every_figure
def learning_sheet(request, name, file_format):
    if name not in TABLES:
        raise Http404
    table = partial(tables.one, request.scope, name)
    return exported(request, table, file_format, report="learning", table=name)


@require_safe
@sees_every_figure
def learning_cohort(request, cohort):
    """The people behind a cohort's row: who has both tests, and not how they did."""
    cohort = get_object_or_404(Cohort.objects.select_related("course"), uuid=cohort)
    people = (
        Person.objects.filter(pk__in=pairs.in_cohort(request.scope, cohort))
        .with_place()
        .order_by("full_name", "pk")
    )
    listing = Paginator(people, ROWS_A_PAGE).get_page(request.GET.get("page"))
    found = columns.of_people().rows(listing.object_list)
    rows = [[in_words(value) for value in row] for row in found]
    context = {"cohort": cohort, "headings": columns.PERSON, "listing": listing, "rows": rows}
    return page(request, "lms/reports/learning/cohort.html", without=("course", "workshop", "kind"), **context)


def _list(query):
    return reverse("figure", args=["tested"]) + query


def _address_of(scope, name):
    """A function from a group's key to the list of its people, in the same scope."""
    if name == pairs.COHORT:
        uuids = dict(Cohort.objects.values_list("pk", "uuid"))
        return lambda key: reverse("reports_learning_cohort", args=[uuids[key]]) + scope.query()
    also = {pairs.COURSE: {"kind": COMPLETION}, pairs.WORKSHOP: {"kind": WORKSHOP}}.get(name, {})
    return lambda key: _list(scope.query(**{name: NONE if key == NONE else str(key), **also}))


def _sheets(scope, name):
    """[(format, address), ...] of a table."""
    return [(one.upper(), _sheet(scope, name, one)) for one in FORMATS]


def _sheet(scope, name, file_format):
    return reverse("reports_learning_sheet", args=[name, file_format]) + scope.query()
