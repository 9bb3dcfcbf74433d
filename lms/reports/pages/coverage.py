"""Coverage: which posts have nobody who is trained, or soon will not. As it stands today."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from courses.people import roles
from lms.reports.coverage import people as people_there
from lms.reports.coverage import posts
from lms.reports.figures.forms import scope_in_words
from lms.reports.figures.guard import sees_figures
from lms.reports.figures.scope import COLUMNS
from lms.reports.figures.tables import FORMATS, Table, in_words
from lms.reports.pages.exporting import batches, exported, spoken
from lms.reports.pages.frame import page

ROWS_A_PAGE = 50
NARROWS = ("agency", "sector")
WITHOUT = tuple(name for name in COLUMNS if name not in NARROWS)
NO_POST = "no-post"
DEFINITION = gettext_lazy(
    "People stationed at a post now: approved, and not left. Trained is who has any certificate in force "
    "today. The target is the front-line staff of the post, as entered at its agency; until the training team "
    "has entered it, it is not set."
)
SHOWN = {
    posts.ALL: gettext_lazy("Posts"),
    posts.BARE: gettext_lazy("Nobody trained now"),
    "within-30": gettext_lazy("Nobody any more within 30 days"),
    "within-60": gettext_lazy("Nobody any more within 60 days"),
    "within-90": gettext_lazy("Nobody any more within 90 days"),
}


def _read(request):
    """(scope by agency and sector alone, today). Filters that say nothing here are dropped, also from links."""
    request.scope = replace(request.scope, **dict.fromkeys(WITHOUT, ""))
    return request.scope, timezone.localdate()


def _show(request, known):
    asked = request.GET.get("show", "")
    return asked if asked in known else ""


@require_safe
@sees_figures
def coverage(request):
    scope, day = _read(request)
    found, show = posts.coverage(scope, day), _show(request, SHOWN)
    listing = Paginator(found.shown(show), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/coverage.html",
        without=WITHOUT,
        day=day,
        definition=DEFINITION,
        # Where a target is entered.
        may_set=roles.may_manage_people(request.user),
        headings=posts.HEADINGS,
        listing=listing,
        rows=[_linked(row) for row in listing],
        counts=[(name, words, len(found.shown(name))) for name, words in SHOWN.items()],
        show=show,
        show_words=SHOWN[show],
        elsewhere=found.elsewhere,
        elsewhere_words=posts.in_words(found.elsewhere),
        formats=FORMATS,
    )


def _linked(row):
    """(the row, its cells before the numbers, [(what the number's list shows, number)], target)."""
    cells = row.cells()
    shows = [*people_there.SHOWN]
    numbers = [row.covered.people, row.covered.trained, *row.covered.lapsing]
    linked = list(zip(shows, numbers, strict=True))
    return row, [in_words(value) for value in cells[:4]], linked[:2], cells[6], linked[2:]


@require_GET
@sees_figures
def coverage_sheet(request, file_format):
    scope, day = _read(request)
    show = _show(request, SHOWN)
    return exported(request, lambda: table_of(scope, day, show), file_format, report="coverage")


def table_of(scope, day, show=posts.ALL):
    return Table(
        name="posts",
        title=str(_("Coverage of posts")),
        headings=posts.HEADINGS,
        rows=[row.cells() for row in posts.coverage(scope, day).shown(show)],
        about=_about(scope, day, SHOWN[show]),
        note=str(DEFINITION),
        numeric=posts.NUMERIC,
    )


@require_safe
@sees_figures
def coverage_people(request, where):
    scope, day = _read(request)
    place, post = _place(scope, where)
    show = _show(request, people_there.SHOWN)
    found = people_there.people_at(scope, day, place, show)
    listing = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/coverage_people.html",
        without=WITHOUT,
        day=day,
        where=where,
        post=post,
        show=show,
        show_words=people_there.SHOWN[show],
        headings=people_there.HEADINGS,
        listing=listing,
        rows=[[in_words(value) for value in row] for row in people_there.rows_of(listing, day)],
        formats=FORMATS,
    )


@require_GET
@sees_figures
def coverage_people_sheet(request, where, file_format):
    scope, day = _read(request)
    place, post = _place(scope, where)
    show = _show(request, people_there.SHOWN)
    found = people_there.people_at(scope, day, place, show)
    table = Table(
        name="people",
        title=f"{post.agency}, {post}" if post else str(_("People without a post")),
        headings=people_there.HEADINGS,
        rows=spoken(row for some in batches(found) for row in people_there.rows_of(some, day)),
        about=_about(scope, day, people_there.SHOWN[show]),
    )
    return exported(request, lambda: table, file_format, report="people of a post", about=post)


def _place(scope, where):
    """(key of the post or None, the post or None) of an address; of a post that is not shown there is none."""
    if where == NO_POST:
        return None, None
    if not (where.isascii() and where.isdigit() and len(where) < 16):
        raise Http404
    post = get_object_or_404(posts.posts(scope), pk=where)
    return post.pk, post


def _about(scope, day, shown):
    said = [str(shown), *(f"{name}: {value}" for name, value in scope_in_words(scope))]
    return "; ".join([_("As it stands on %(date)s") % {"date": date_format(day, "j F Y")}, *said])


assert set(SHOWN) == set(posts.SHOWN)
