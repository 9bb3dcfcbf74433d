"""Where a lesson, a quiz, a picture, a file, a question of the bank or a clause is used: live and in drafts."""

import json
from collections import defaultdict, namedtuple
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from courses.catalogue.models import CoursePage
from courses.catalogue.references import CLAUSE, references
from courses.choices import WrittenIn
from courses.drills.tabletop.models import TableTop
from courses.fields import stream_of
from courses.pocket_cards.models import PocketCard
from courses.questions.models import BankQuestion

# Something that is written, with its raw blocks now and in its draft.
_Written = namedtuple("_Written", "written_in number title live now draft")
# What of a page's neighbours cites clauses, by the field of its blocks. They refer to nothing else.
_CITING = {
    WrittenIn.QUESTION: (BankQuestion, "body"),
    WrittenIn.CARD: (PocketCard, "clauses"),
    WrittenIn.TABLE_TOP: (TableTop, "duties"),
}


@dataclass(frozen=True)
class Use:
    """One place. `live`: people see it; else only the draft refers to it."""

    written_in: str
    # The key of that page, question, card or exercise.
    number: int
    title: str
    place: str
    live: bool

    @property
    def page_id(self):
        return self.number if self.written_in == WrittenIn.PAGE else None

    def __str__(self):
        words = {"title": self.title, "place": self.place}
        return _("%(title)s, %(place)s") % words if self.live else _("%(title)s, %(place)s (draft)") % words


def uses_of(kind, numbers):
    """Uses of rows of this kind (see references), one after the other. One query for each kind of page.

    What other courses reuse counts once, where it is written.
    """
    numbers = set(numbers)
    return [use for written in _all_written(kind) for use in _uses_in(written, kind, numbers)]


def uses_by(kind, numbers):
    """{number: its uses} of those that are used; as `uses_of`, for many at once."""
    found, wanted = defaultdict(list), set(numbers)
    for written in _all_written(kind):
        referred = [*references(written.now), *references(written.draft)]
        used = {number for _n, what, number in referred if what == kind}
        for number in sorted(used & wanted):
            found[number] += _uses_in(written, kind, {number})
    return dict(found)


def _all_written(kind):
    """Everything written here that may refer to rows of this kind, as _Written."""
    for model, stream in _streams():
        pages = model.objects.filter(alias_of=None).select_related("latest_revision").order_by("path")
        for page in pages:
            yield _written(WrittenIn.PAGE, page, page.draft_title, page.live, stream)
    if kind == CLAUSE:
        for written_in, (model, stream) in _CITING.items():
            for row in model.objects.select_related("latest_revision"):
                yield _written(written_in, row, str(row), getattr(row, "live", True), stream)


def _written(written_in, row, title, live, stream):
    now = list(getattr(row, stream).raw_data)
    # A revision of before the field was there has no word of it.
    draft = row.latest_revision and row.latest_revision.content.get(stream)
    return _Written(written_in, row.pk, title, live, now, json.loads(draft) if draft else now)


def _streams():
    """[(kind of page, its blocks), ...]: courses, lessons, quizzes, and the site's own pages above them."""
    return [(model, stream) for model in get_page_models() if (stream := stream_of(model))]


def reused_in(numbers):
    """The pages of other courses that use these lessons and quizzes, or those below. Three queries."""
    going = list(Page.objects.filter(pk__in=numbers).values_list("path", flat=True))
    below = reduce(or_, (Q(alias_of__path__startswith=path) for path in going), Q(pk__in=[]))
    aliases = Page.objects.filter(below).values_list("path", flat=True)
    staying = [path for path in aliases if not path.startswith(tuple(going))]
    courses = {path[: -Page.steplen] for path in staying}
    return list(CoursePage.objects.filter(path__in=courses).order_by("draft_title", "pk"))


def _uses_in(written, kind, numbers):
    live = _places(written, written.now, kind, numbers) if written.live else []
    only_drafted = [place for place in _places(written, written.draft, kind, numbers) if place not in live]
    return [
        Use(written.written_in, written.number, written.title, place, place in live)
        for place in [*live, *only_drafted]
    ]


def _places(written, stream, kind, numbers):
    """In words, each once, in the order in which they stand."""
    found = [n for n, what, number in references(stream) if what == kind and number in numbers]
    if written.written_in in (WrittenIn.QUESTION, WrittenIn.CARD):
        return [WrittenIn(written.written_in).label] if found else []
    return [_place(stream[n - 1], n) for n in dict.fromkeys(found)]


def _place(block, n):
    if block["type"] == "module":
        return _("module “%(title)s”") % {"title": block["value"].get("title", "")}
    if block["type"] == "bank":
        return _("question %(n)d") % {"n": n}
    if block["type"] == "duty":
        return _("duty %(n)d") % {"n": n}
    if block["type"] == "situation":
        return _("situation “%(name)s”") % {"name": block["value"].get("name", "")}
    return _("part %(n)d") % {"n": n}
