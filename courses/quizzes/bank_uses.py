"""Which quizzes ask questions of the bank: those that name them, and those that may draw them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from courses.catalogue.models import CoursePage
from courses.questions.drawing import suits
from courses.quizzes.choosing import named_in, questions_of
from courses.quizzes.pages import QuizPage

NAMED, DRAWN = "named", "drawn"


@dataclass(frozen=True)
class BankUse:
    """One quiz that asks a question. `live`: people meet it; else only the draft does."""

    page_id: int
    title: str
    course_id: int | None
    course_title: str
    # NAMED: it is always asked. DRAWN: it is one of those that chance may choose.
    how: str
    live: bool

    def __str__(self):
        words = {"title": self.title}
        if self.how == DRAWN:
            text = _("%(title)s (may be drawn)") % words
        else:
            text = self.title
        return text if self.live else _("%(use)s (draft)") % {"use": text}


class BankUses:
    """Every quiz and what it asks of the bank. Two queries, whatever there is."""

    def __init__(self):
        pages = QuizPage.objects.select_related("latest_revision").order_by("path")
        self._quizzes = [_Quiz(page, self._courses) for page in pages]

    @cached_property
    def _courses(self):
        """{path of a course page: (course, its title)}."""
        rows = CoursePage.objects.values_list("path", "course_id", "course__title")
        return {path: (course, title) for path, course, title in rows}

    def of(self, question):
        """The BankUses of one question of the bank, in the order of the site."""
        return [use for quiz in self._quizzes for use in quiz.uses_of(question)]


class _Quiz:
    def __init__(self, page, courses):
        self.page = page
        self.course = courses.get(page.path[: -page.steplen], (None, ""))
        draft, live = questions_of(page), list(page.questions.raw_data) if page.live else []
        self.named = [(named_in(live), True), (named_in(draft), False)]
        self.draws = [(_draws(live), True), (_draws(draft), False)]

    def uses_of(self, question):
        """At most one that names it and one that draws it; what is live goes before what is a draft."""
        named = next((live for numbers, live in self.named if question.pk in numbers), None)
        drawn = None
        if question.live and named is None:
            drawn = next((live for draws, live in self.draws if _may_draw(draws, question)), None)
        return [self._use(how, live) for how, live in [(NAMED, named), (DRAWN, drawn)] if live is not None]

    def _use(self, how, live):
        course, title = self.course
        return BankUse(self.page.pk, self.page.draft_title, course, title, how, live)


def _draws(stream):
    values = [block.get("value") or {} for block in stream if block["type"] == "draw"]
    return [value for value in values if value.get("pool")]


def _may_draw(draws, question):
    sectors = question.sectors or [""]
    return any(suits(draw, question, sector) for draw in draws for sector in sectors)
