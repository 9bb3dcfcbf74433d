"""The list behind a figure, on the page and as a sheet: as long as the figure says."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from lms.reports.figures.columns import columns_of
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MINUTES
from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.tables import FORMATS, Table, in_words
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import page

ROWS_A_PAGE = 50
AT_ONCE = 500


@require_safe
@sees_every_figure
def figure(request, name):
    found = _figure(name)
    value, listing, rows = one_page(found, request.scope, request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/list.html",
        figure=found,
        value=value,
        headings=columns_of(found).headings,
        listing=listing,
        rows=[[in_words(value) for value in row] for row in rows],
        formats=FORMATS,
    )


def one_page(figure, scope, number):
    """(value of the figure, Page of the list behind it, its rows as lists of plain values)"""
    value = figure.value(scope)
    pages = Paginator(figure.listed(scope), ROWS_A_PAGE)
    if figure.counts != MINUTES:
        # The list is as long as the figure says: it is not counted twice.
        pages.count = value
    listing = pages.get_page(number)
    return value, listing, list(columns_of(figure).rows(listing.object_list))


@require_GET
@sees_every_figure
def figure_sheet(request, name, file_format):
    return list_exported(request, _figure(name), file_format)


def list_exported(request, counted, file_format, columns=None):
    """The list behind a Figure or a Crowd in one of FORMATS; else there is none. Who took it is on record."""
    return exported(
        request,
        lambda: table_of(counted, request.scope, columns),
        file_format,
        report="list behind a figure",
        figure=counted.name,
    )


def table_of(counted, scope, columns=None):
    """The Table of the list behind a Figure, or with its `columns` behind a Crowd. Its rows come one at a time,
    in the language of now."""
    columns = columns or columns_of(counted)
    about = [period_in_words(scope.period), *(f"{name}: {value}" for name, value in scope_in_words(scope))]
    return Table(
        name="list",
        title=str(counted.title),
        headings=[str(heading) for heading in columns.headings],
        rows=_rows(counted.listed(scope), columns, get_language()),
        about="; ".join(about),
        note=str(counted.definition),
        numeric=columns.numeric,
    )


def _rows(listed, columns, language):
    some, made = [], columns.maker()
    for facts in columns.read(listed).iterator(chunk_size=AT_ONCE):
        some.append(facts)
        if len(some) == AT_ONCE:
            yield from _in(language, made, some)
            some = []
    yield from _in(language, made, some)


def _in(language, made, some):
    # When it is sent, the request's language is forgotten.
    with override(language):
        return list(made(some))


def _figure(name):
    if name not in FIGURES:
        raise Http404(_("There is no such figure."))
    return FIGURES[name]
