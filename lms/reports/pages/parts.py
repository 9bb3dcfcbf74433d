"""What a figure is divided into: a chart, a table whose numbers open the narrower list, and its sheets."""

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from lms.reports import charts
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MINUTES, MONTH, PEOPLE
from lms.reports.figures.forms import NAMES, period_in_words, scope_in_words
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.periods import part_in_month
from lms.reports.figures.tables import FORMATS, Table
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import page
from lms.reports.pages.sections import Section

# More bars than this nobody reads; the table has them all.
MOST_BARS = 20


@require_safe
@sees_every_figure
def figure_parts(request, name, dimension):
    figure = _figure(name, dimension)
    section = _section(figure, dimension, request.scope)
    section.csv = reverse("figure_parts_sheet", args=[name, dimension, "csv"]) + request.scope.query()
    return page(
        request,
        "lms/reports/figures/parts.html",
        figure=figure,
        dimension=dimension,
        section=section,
        others=[(one, _called(one)) for one in figure.by],
        formats=FORMATS,
    )


@require_GET
@sees_every_figure
def figure_parts_sheet(request, name, dimension, file_format):
    figure = _figure(name, dimension)
    table = _section(figure, dimension, request.scope).table
    return exported(request, lambda: table, file_format, report=f"{name} by {dimension}")


def _section(figure, dimension, scope):
    parts = figure.parts(scope, dimension)
    values = [part.value // 60 if figure.counts == MINUTES else part.value for part in parts]
    labels = [part.label for part in parts]
    if dimension == MONTH:
        months = scope.period.months()
        labels = [date_format(day, "F Y") for day in months]
        narrower = [scope.query(period=part_in_month(scope.period, day)) for day in months]
    else:
        narrower = [scope.query(**{dimension: part.key}) for part in parts]
    address = reverse("figure", args=[figure.name])
    note = str(figure.definition)
    if figure.counts == PEOPLE:
        note += " " + _("Somebody who stands in two rows counts in both.")
    elif figure.counts == MINUTES:
        note += " " + _("Whole hours of each row, rounded down.")
    about = [period_in_words(scope.period), *(f"{name}: {value}" for name, value in scope_in_words(scope))]
    called = {"figure": figure.title, "dimension": _called(dimension).lower()}
    title = _("%(figure)s by %(dimension)s") % called
    return Section(
        f"{figure.name}-{dimension}",
        _largest(labels, values) or title,
        title,
        Table(
            "parts",
            title,
            [_called(dimension), str(figure.title)],
            [list(row) for row in zip(labels, values, strict=True)],
            about="; ".join(about),
            note=note,
            numeric=(1,),
        ),
        chart=_chart(dimension, labels, values, scope) if any(values) else None,
        links={(n, 1): address + query for n, query in enumerate(narrower)},
    )


def _chart(dimension, labels, values, scope):
    if dimension == MONTH:
        days = scope.period.months()
        return charts.columns([(date_format(day, "M Y"), n) for day, n in zip(days, values, strict=True)])
    rows = list(zip(labels, values, strict=True))[:MOST_BARS]
    return charts.bullets([(label, n, None, str(n)) for label, n in rows])


def _largest(labels, values):
    """The finding; "" where there is nothing."""
    if not any(values):
        return ""
    n = max(values)
    return _("Most: %(label)s, %(n)d") % {"label": labels[values.index(n)], "n": n}


def _called(dimension):
    return str(_("Month") if dimension == MONTH else NAMES[dimension])


def _figure(name, dimension):
    figure = FIGURES.get(name)
    if figure is None or dimension not in figure.by:
        raise Http404
    return figure
