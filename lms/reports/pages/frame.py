"""What every page of figures has around it: tabs, filters, the period in words."""

from urllib.parse import parse_qsl

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.people import roles
from lms.reports.figures.forms import ScopeForm, period_in_words, scope_in_words

# (name of the address, what it is called, who may)
TABS = [
    # Overview
    ("reports_overview", _("Overview"), roles.may_see_figures),
    # Coverage
    ("reports_coverage", _("Coverage"), roles.may_see_figures),
    # People: those of one agency, as its supervisor sees them
    ("reports", _("People"), roles.may_see_figures),
    # Learning
    ("reports_learning", _("Learning"), roles.may_see_every_figure),
    # Drills: a supervisor those of the own agency
    ("reports_drills", _("Drills"), roles.may_see_figures),
    # Questions
    ("reports_questions", _("Questions"), roles.may_see_questions),
    # Gradebooks, registers
    ("reports_gradebook", _("Gradebooks"), roles.may_see_results),
    ("reports_workshops", _("Workshops"), roles.may_see_every_figure),
    # Packs
    ("reports_packs", _("Figures for the year"), roles.may_see_every_figure),
]

# Pages below a tab, by the name of their address: else the tab is the one whose address theirs begins with.
BELOW = {
    "figure": "reports_overview",
    "figure_parts": "reports_overview",
    "figure_people": "reports_overview",
    "reports_lapsing": "reports_overview",
    "lapsing_invite": "reports_overview",
}


def page(request, template, *, without=(), **context):
    """Render a page of figures for `request.scope`. `without`: filters that say nothing on it."""
    scope = request.scope
    context |= {
        "scope": scope,
        "query": scope.query(),
        "form": ScopeForm(scope, without=without),
        "scope_asked": parse_qsl(scope.query().removeprefix("?")),
        "also_asked": also_asked(request),
        "period_words": period_in_words(scope.period),
        "scope_words": scope_in_words(scope),
        "tabs": tabs(request),
        "sees_all": roles.may_see_every_figure(request.user),
    }
    return render(request, template, context)


def also_asked(request):
    """[(name, value), ...] of what the address asks for beside the scope: a form of filters sends it along, so
    that one address says everything. The number of the page is not: fewer rows have fewer pages."""
    left_out = {*ScopeForm.names(), "page"}
    return [(name, value) for name, values in request.GET.lists() if name not in left_out for value in values]


def tabs(request):
    """[(address, what it is called, what aria-current says: "page", "true" for a page below it, or ""), ...].

    What is chosen goes along.
    """
    scope = getattr(request, "scope", None)
    below = _tab_above(request)
    found = []
    for name, label, may in TABS:
        if may(request.user):
            address = reverse(name)
            query = scope.query() if scope and name != "reports" else ""
            current = "page" if request.path == address else "true" if name == below else ""
            found.append((address + query, label, current))
    return found


def _tab_above(request):
    """The name of the tab that a page below one belongs to."""
    named = BELOW.get(request.resolver_match.url_name) if request.resolver_match else None
    if named:
        return named
    # The people's address is the beginning of all others.
    others = (name for name, _label, _may in TABS if name != "reports")
    return next((name for name in others if request.path.startswith(reverse(name))), None)
