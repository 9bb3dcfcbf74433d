"""How drills went: steps missed by agency, and the commonest critical errors. Nobody's result is on it."""

import uuid
from dataclasses import replace

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_safe

from courses.catalogue.outline import CASE, SCENARIO
from courses.drills.cases.models import CaseEdition
from courses.drills.scenarios.models import ScenarioEdition
from lms.reports.drills import first_tries, reckoning, reteaching, tables
from lms.reports.figures.guard import sees_figures
from lms.reports.figures.tables import FORMATS
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import page

# Where somebody was trained, who paid for it and of what kind it is says nothing of a drill.
WITHOUT = ("district", "workshop", "funder", "kind")


@require_safe
@sees_figures
def drills(request):
    scope = request.scope = replace(request.scope, **dict.fromkeys(WITHOUT, ""))
    chosen = _chosen(request)
    tries = first_tries.in_scope(scope, chosen)
    errors, left_out = reckoning.commonest(tries)
    shown = reteaching.shown(errors[: tables.MOST])
    steps = tables.of_steps(scope, tries)
    at_tables = None if chosen else tables.at_tables(scope)
    context = {
        "people": len({one.who for one in tries}) if tries else 0,
        "steps": steps,
        "steps_shown": tables.on_page(steps),
        "errors": shown,
        "left_out": left_out,
        "at_tables": at_tables,
        "at_tables_shown": at_tables and tables.on_page(at_tables),
        "how_steps": tables.HOW_STEPS,
        "how_at_tables": tables.HOW_AT_TABLES,
        "how_errors": tables.HOW_ERRORS,
        "drills": _drills(),
        "drill": f"{chosen[0]}:{chosen[1]}" if chosen else "",
        "sheets": {name: _sheets(request, name) for name in (tables.STEPS, tables.ERRORS)},
        "table_sheets": _sheets(request, tables.AT_TABLES),
    }
    return page(request, "lms/reports/drills/page.html", without=WITHOUT, **context)


@require_GET
@sees_figures
def drills_sheet(request, name, file_format):
    if name not in tables.TITLES:
        raise Http404
    request.scope = replace(request.scope, **dict.fromkeys(WITHOUT, ""))
    return exported(request, lambda: _table(request, name), file_format, report="drills", table=name)


def _table(request, name):
    if name == tables.AT_TABLES:
        table = tables.at_tables(request.scope)
        if table is None:
            raise Http404
        return table
    tries = first_tries.in_scope(request.scope, _chosen(request))
    if name == tables.STEPS:
        return tables.of_steps(request.scope, tries)
    errors, left_out = reckoning.commonest(tries)
    return tables.of_errors(request.scope, reteaching.shown(errors), left_out)


def _chosen(request):
    """(kind, key) of the drill that is asked for, or None."""
    kind, _colon, key = request.GET.get("drill", "").partition(":")
    try:
        return (kind, uuid.UUID(key)) if kind in (SCENARIO, CASE) else None
    except ValueError:
        return None


def _drills():
    """[(value, title), ...] of all that was ever published, by their newest title."""
    found = {}
    for kind, model, key in ((SCENARIO, ScenarioEdition, "scenario_key"), (CASE, CaseEdition, "case_key")):
        rows = model.objects.order_by("n").values_list(key, "title", "locale")
        for one, title, locale in rows:
            if locale == get_language() or locale == "en" or (kind, one) not in found:
                found[kind, one] = title
    return sorted(((f"{kind}:{key}", title) for (kind, key), title in found.items()), key=lambda one: one[1])


def _sheets(request, name):
    """[(format, address), ...] of a table, with the drill that is chosen."""
    chosen = _chosen(request)
    query = request.scope.query() + (f"&drill={chosen[0]}:{chosen[1]}" if chosen else "")
    return [(one.upper(), reverse("reports_drills_sheet", args=[name, one]) + query) for one in FORMATS]
