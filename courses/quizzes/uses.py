"""Where a lesson, a quiz, a picture, a file or a question of the bank is used: live and in drafts."""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from courses.catalogue.models import CoursePage
from courses.catalogue.references import references
from courses.fields import stream_of


@dataclass(frozen=True)
class Use:
    """One place. `live`: people see it; else only the draft refers to it."""

    page_id: int
    title: str
    place: str
    live: bool

    def __str__(self):
        words = {"title": self.title, "place": self.place}
        return _("%(title)s, %(place)s") % words if self.live else _("%(title)s, %(place)s (draft)") % words


def uses_of(kind, numbers):
    """Uses of rows of this kind (see references), page by page. One query for each kind of page.

    What other courses reuse counts once, where it is written.
    """
    numbers = set(numbers)
    return [use for page, *streams in _written() for use in _uses_in(page, *streams, kind, numbers)]


def uses_by(kind, numbers):
    """{number: its uses} of those that are used; as `uses_of`, for many at once."""
    found, wanted = defaultdict(list), set(numbers)
    for page, now, draft in _written():
        used = {number for _n, what, number in [*references(now), *references(draft)] if what == kind}
        for number in sorted(used & wanted):
            found[number] += _uses_in(page, now, draft, kind, {number})
    return dict(found)


def _written():
    """(page, its blocks now, its blocks in the draft) of every page that is written here, raw."""
    for model, stream in _streams():
        pages = model.objects.filter(alias_of=None).select_related("latest_revision").order_by("path")
        for page in pages:
            now = list(getattr(page, stream).raw_data)
            yield page, now, json.loads(page.latest_revision.content[stream]) if page.latest_revision else now


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


def _uses_in(page, now, draft, kind, numbers):
    live = _places(now, kind, numbers) if page.live else []
    only_drafted = [place for place in _places(draft, kind, numbers) if place not in live]
    return [
        *(Use(page.pk, page.draft_title, place, True) for place in live),
        *(Use(page.pk, page.draft_title, place, False) for place in only_drafted),
    ]


def _places(stream, kind, numbers):
    """In words, each once, in the order in which they stand."""
    found = [n for n, what, number in references(stream) if what == kind and number in numbers]
    return [_place(stream[n - 1], n) for n in dict.fromkeys(found)]


def _place(block, n):
    if block["type"] == "module":
        return _("module “%(title)s”") % {"title": block["value"].get("title", "")}
    if block["type"] == "bank":
        return _("question %(n)d") % {"n": n}
    if block["type"] == "situation":
        return _("situation “%(name)s”") % {"name": block["value"].get("name", "")}
    return _("part %(n)d") % {"n": n}
