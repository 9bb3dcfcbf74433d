"""The list behind a number of people as they are today, on the page and as a sheet."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET, require_safe

from courses.audit import log
from lms.reports.figures import heard_of, stopping
from lms.reports.figures.against_target import TRAINED
from lms.reports.figures.columns import of_people
from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.tables import FORMATS, Table, in_words, response
from lms.reports.pages.frame import page

ROWS_A_PAGE = 50
AT_ONCE = 500
STAGE = "stage-"
CROWDS = {TRAINED.name: TRAINED, **heard_of.CROWDS}


@require_safe
@sees_every_figure
def people(request, name):
    crowd = _crowd(name, request.scope)
    listing = Paginator(crowd.listed(request.scope), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/people.html",
        crowd=crowd,
        headings=of_people().headings,
        listing=listing,
        rows=[[in_words(value) for value in row] for row in of_people().rows(listing)],
        formats=FORMATS,
    )


@require_GET
@sees_every_figure
def people_sheet(request, name, file_format):
    crowd = _crowd(name, request.scope)
    if file_format not in FORMATS:
        raise Http404
    log.record(
        "list behind a figure exported",
        request.user,
        actor=request.user,
        at=timezone.now(),
        figure=name,
        asked=request.scope.query(),
        format=file_format,
    )
    return response(table_of(crowd, request.scope), file_format)


def table_of(crowd, scope):
    """The Table of the list. Its rows come one at a time, in the language of now."""
    about = [period_in_words(scope.period), *(f"{name}: {value}" for name, value in scope_in_words(scope))]
    return Table(
        name="list",
        title=str(crowd.title),
        headings=[str(heading) for heading in of_people().headings],
        rows=_rows(crowd, scope, get_language()),
        about="; ".join(about),
        note=str(crowd.definition),
    )


def _rows(crowd, scope, language):
    for one in crowd.listed(scope).iterator(chunk_size=AT_ONCE):
        # When it is sent, the request's language is forgotten.
        with override(language):
            cells = next(iter(of_people().rows([one])))
        yield cells


def _crowd(name, scope):
    if name in CROWDS:
        return CROWDS[name]
    course = stopping.course_of(scope) if name.startswith(STAGE) else None
    crowd = course and stopping.crowd(course, name.removeprefix(STAGE), scope)
    if crowd is None:
        raise Http404
    return crowd
