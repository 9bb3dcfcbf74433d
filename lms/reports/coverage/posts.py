"""Every post of agencies that are in use, with whoever is trained there: the barest first."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.people.models import Post
from lms.reports.coverage.stationed import AHEAD, Covered, covered
from lms.reports.figures.scope import NONE

# What of the posts is shown: all, where nobody is trained now, and where nobody will be after so many days.
ALL, BARE = "", "uncovered"
SHOWN = (ALL, BARE, *(f"within-{days}" for days in AHEAD))

HEADINGS = [
    gettext_lazy("Post"),
    gettext_lazy("Agency"),
    gettext_lazy("Who is trained there"),
    gettext_lazy("Covered until"),
    gettext_lazy("People"),
    gettext_lazy("Trained"),
    gettext_lazy("Target"),
    *(gettext_lazy("Lapse within 30 days"), gettext_lazy("Within 60 days"), gettext_lazy("Within 90 days")),
]
NUMERIC = (4, 5, 6, 7, 8, 9)


@dataclass(frozen=True)
class PostRow:
    post: Post
    covered: Covered

    @property
    def is_bare(self):
        return not self.covered.trained

    def cells(self):
        """Values for HEADINGS."""
        found = self.covered
        return [
            self.post.name,
            self.post.agency.name,
            in_words(found),
            found.until,
            found.people,
            found.trained,
            _("Not set") if self.post.headcount is None else self.post.headcount,
            *found.lapsing,
        ]


@dataclass(frozen=True)
class Coverage:
    """`rows`: a PostRow of every post; `elsewhere`: the people without a post."""

    rows: list
    elsewhere: Covered

    def shown(self, show):
        """Those of the rows that one of SHOWN asks for."""
        if show == BARE:
            return [row for row in self.rows if row.is_bare]
        if show.startswith("within-"):
            days = int(show.removeprefix("within-"))
            return [row for row in self.rows if row.covered.is_bare_within(days)]
        return self.rows


def coverage(scope, day):
    """The Coverage of a scope on a day, in three queries however many posts and people there are."""
    found = covered(scope, day)
    rows = [PostRow(post, found.get(post.pk, Covered())) for post in posts(scope)]
    return Coverage(sorted(rows, key=_barest_first), found.get(None, Covered()))


def posts(scope):
    rows = Post.objects.filter(agency__retired=False).select_related("agency")
    if scope.only_agency is not None:
        rows = rows.filter(agency=scope.only_agency)
    # A post has an agency, and that a sector.
    if NONE in (scope.agency, scope.sector):
        return rows.none()
    if scope.agency:
        rows = rows.filter(agency=scope.agency)
    return rows.filter(agency__sector__code=scope.sector) if scope.sector else rows


def in_words(covered):
    """ "Nobody trained now"; "One person, until 3 March 2027"."""
    if not covered.trained:
        return _("Nobody trained now")
    who = ngettext("One person", "%(n)d people", covered.trained) % {"n": covered.trained}
    if covered.for_good:
        return _("%(who)s, without an end") % {"who": who}
    facts = {"who": who, "date": date_format(covered.until, "j F Y")}
    if covered.trained == 1:
        return _("%(who)s, until %(date)s") % facts
    return _("%(who)s, the last one until %(date)s") % facts


def _barest_first(row):
    """Nobody trained before somebody, and of these who is without soonest; then by the name."""
    found, post = row.covered, row.post
    when = "" if row.is_bare else "~" if found.for_good else found.until.isoformat()
    return when, -found.people, post.agency.name, post.name, post.pk
