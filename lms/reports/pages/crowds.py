"""The list behind a number of people as they are today, on the page and as a sheet."""

from django.core.paginator import Paginator
from django.http import Http404
from django.views.decorators.http import require_GET, require_safe

from lms.reports.figures import heard_of, stopping
from lms.reports.figures.against_target import TRAINED
from lms.reports.figures.columns import of_people
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.tables import FORMATS, in_words
from lms.reports.pages.frame import page
from lms.reports.pages.lists import ROWS_A_PAGE, list_exported

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
        rows=[[in_words(value) for value in row] for row in of_people().rows(listing.object_list)],
        formats=FORMATS,
    )


@require_GET
@sees_every_figure
def people_sheet(request, name, file_format):
    return list_exported(request, _crowd(name, request.scope), file_format, of_people())


def _crowd(name, scope):
    if name in CROWDS:
        return CROWDS[name]
    course = stopping.course_of(scope) if name.startswith(STAGE) else None
    crowd = course and stopping.crowd(course, name.removeprefix(STAGE), scope)
    if crowd is None:
        raise Http404
    return crowd
