"""Gradebooks: who of a course or cohort got what in each test. The office alone sees them."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from courses.catalogue.models import Course
from courses.enrolment.cohorts import Cohort
from courses.enrolment.models import Enrolment
from courses.people import roles
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.tables import FORMATS, PDF, Table, in_words
from lms.reports.gradebook.book import NAME, NEVER_OPEN, OWNER, Gradebook
from lms.reports.pages.exporting import batches, exported, spoken
from lms.reports.pages.frame import page

ROWS_A_PAGE = 50
DEFINITION = gettext_lazy(
    "Of each test the best attempt of the newest cycle, one that passed before all others, with the number of "
    "attempts and the day of that one. Scores are of 100."
)


def sees_results(view):
    """For the office: the auditor and supervisors never see a score."""

    @sees_every_figure
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not roles.may_see_results(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@sees_results
def choose(request):
    cohorts = Prefetch("cohorts", Cohort.objects.with_size())
    people = Enrolment.objects.exclude(state__in=NEVER_OPEN).order_by().values_list("course")
    counted = dict(people.annotate(n=Count(OWNER, distinct=True)))
    listing = Paginator(Course.objects.order_by("title", "pk").prefetch_related(cohorts), ROWS_A_PAGE)
    listing = listing.get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/gradebooks.html",
        listing=listing,
        rows=[(course, counted.get(course.pk, 0)) for course in listing],
    )


def _asked(request, uuid):
    """(Gradebook, what is searched for, what is sorted by) of an address."""
    course = get_object_or_404(Course, uuid=uuid)
    key = request.GET.get("cohort", "")
    known = key.isascii() and key.isdigit() and len(key) < 16
    book = Gradebook(course, get_object_or_404(course.cohorts, pk=key) if known else None)
    sort = request.GET.get("sort", "")
    words = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    return book, words, sort if sort in book.sorts() else NAME


@require_safe
@sees_results
def gradebook(request, uuid):
    book, words, sort = _asked(request, uuid)
    listing = Paginator(book.people(words=words, sort=sort), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/gradebook.html",
        book=book,
        cohorts=book.course.cohorts.all(),
        definition=DEFINITION,
        words=words,
        sort=sort,
        sorts=book.sorts(),
        listing=listing,
        rows=[_shown(row, book.parts) for row in book.rows(listing)],
        formats=FORMATS,
    )


def _shown(row, parts):
    """(values before the tests, what there is of each test, values after them)"""
    return row.before, [row.results.get(part.key) for part in parts], [in_words(value) for value in row.after]


@require_GET
@sees_results
def gradebook_sheet(request, uuid, file_format):
    book, words, sort = _asked(request, uuid)
    return exported(
        request,
        lambda: table_of(book, file_format, words=words, sort=sort),
        file_format,
        report="gradebook",
        about=book.course,
    )


def table_of(book, file_format, *, words="", sort=NAME):
    """The same rows in every format; a spreadsheet has four columns for a test where the page has one."""
    is_wide = file_format != PDF
    rows = (row for some in batches(book.people(words=words, sort=sort)) for row in book.rows(some))
    about = [_("As it stands on %(date)s") % {"date": date_format(timezone.localdate(), "j F Y")}]
    if book.cohort is not None:
        about.append(str(book.cohort))
    if words:
        about.append(_("Names with “%(words)s”") % {"words": words})
    return Table(
        name="results",
        title=book.course.title,
        headings=book.wide_headings if is_wide else book.headings,
        rows=spoken(row.wide_cells(book.parts) if is_wide else row.cells(book.parts) for row in rows),
        about="; ".join(about),
        note=str(DEFINITION),
    )
