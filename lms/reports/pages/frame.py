"""What every page of figures has around it: tabs, filters, the period in words."""

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
    # Questions
    ("reports_questions", _("Questions"), roles.may_see_questions),
    # Gradebooks, registers
    ("reports_gradebook", _("Gradebooks"), roles.may_see_results),
    ("reports_workshops", _("Workshops"), roles.may_see_every_figure),
    # Packs
    ("reports_packs", _("Figures for the year"), roles.may_see_every_figure),
]


def page(request, template, *, without=(), **context):
    """Render a page of figures for `request.scope`. `without`: filters that say nothing on it."""
    scope = request.scope
    context |= {
        "scope": scope,
        "query": scope.query(),
        "form": ScopeForm(scope, without=without),
        "period_words": period_in_words(scope.period),
        "scope_words": scope_in_words(scope),
        "tabs": tabs(request),
        "sees_all": roles.may_see_every_figure(request.user),
    }
    return render(request, template, context)


def tabs(request):
    """[(address, what it is called, whether it is this page), ...]. What is chosen goes along."""
    scope = getattr(request, "scope", None)
    found = []
    for name, label, may in TABS:
        if may(request.user):
            address = reverse(name)
            query = scope.query() if scope and name != "reports" else ""
            found.append((address + query, label, request.path == address))
    return found
