"""The questions behind the figures: wording, options with their letters, what is right, and the advice."""

from dataclasses import dataclass, field
from string import ascii_uppercase

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from courses.kinds import kind_of
from courses.kinds.answering import CHOICES, PARTS, ROWS
from courses.questions.models import BANK, BankQuestion, QuestionEdition, QuestionKey
from courses.questions.stems import situation_and_question
from courses.quizzes.pages import QuizPage
from lms.reports.items.advice import TOO_FEW, Advice, advise, rank
from lms.reports.items.analysis import Figures
from lms.reports.items.words import advice_in_words, too_few_in_words

EDIT_BANK, EDIT_PAGE, REPAIR = (
    "wagtailsnippets_courses_bankquestion:edit",
    "wagtailadmin_pages:edit",
    "repair_key",
)


@dataclass
class Item:
    """One question with one meaning, as people were asked it."""

    edition: QuestionEdition
    figures: Figures
    # What is right, as it is stored: {"right": ...}.
    key: dict
    advice: Advice = field(init=False)

    def __post_init__(self):
        right = {place: set(self._right_at(place)) for place in self.options}
        # Of a line to be matched most answers are another line's: that nobody takes one says nothing.
        offered = {} if self.kind.ASKS == ROWS else self.offered
        self.advice = advise(self.figures, right, offered)

    @property
    def question(self):
        return self.edition.question

    @property
    def kind(self):
        return kind_of(self.edition.kind)

    @property
    def situation(self):
        return situation_and_question(self.kind, self.edition.body)[0]

    @property
    def text(self):
        """The question; of a case how it begins, for the question of all cases is the same."""
        situation, question = situation_and_question(self.kind, self.edition.body)
        return situation[0] if situation and self.kind.ASKS == PARTS else question

    @property
    def name(self):
        return f"{self.question.code}: {self.text}" if self.question.code else self.text

    @property
    def options(self):
        """{place: [{"id", "text"}, ...]}, "" the only place where there are no parts."""
        body = self.edition.body
        if self.kind.ASKS == CHOICES:
            return {"": body["options"]}
        if self.kind.ASKS == PARTS:
            return {part["id"]: part["options"] for part in body["parts"]}
        return {row["id"]: body["options"] for row in body.get("rows", ())}

    @property
    def offered(self):
        return {place: [option["id"] for option in options] for place, options in self.options.items()}

    @property
    def letters(self):
        """{(place, option): "B", or "2 B" in the second part}"""
        return {
            (place, option["id"]): f"{n} {letter}" if place else letter
            for n, (place, options) in enumerate(self.options.items(), 1)
            for letter, option in zip(ascii_uppercase, options, strict=False)
        }

    @property
    def advice_words(self):
        if self.advice.code == TOO_FEW:
            return too_few_in_words(self.figures.n)
        return advice_in_words(self.advice, self.letters)

    @property
    def right_words(self):
        """What is right, where nothing is chosen from options: [text, ...]."""
        return [] if self.options else self.kind.right(self.edition.body, self.key)

    def lines(self):
        """[(letter, text, whether it is right, Choice), ...] of every option."""
        names = {one["id"]: one["text"] for one in [*self.edition.body.get("parts", ()), *self._rows()]}
        return [
            (
                self.letters.get((place, option["id"]), ""),
                f"{names[place]}: {option['text']}" if place else self._in_words(option["text"]),
                option["id"] in self._right_at(place),
                self.figures.choice(place, option["id"]),
            )
            for place, options in self.options.items()
            for option in options
        ]

    def _rows(self):
        return self.edition.body.get("rows", ())

    def _in_words(self, text):
        return _(text) if self.edition.kind == "true_false" else text

    def _right_at(self, place):
        right = self.key["right"]
        found = right[place] if place else right
        return [found] if isinstance(found, str) else found


def items_of(analyses):
    """{quiz key: [Item, ...], the worst first} of {quiz key: Analysis}. Two queries."""
    asked = {question for found in analyses.values() for question, _meaning in found.figures}
    editions = QuestionEdition.objects.filter(question__in=asked)
    shown = {}
    # The newest slip, in English where there is one.
    for one in sorted(editions.select_related("question"), key=lambda one: (one.locale == "en", one.slip)):
        shown[one.question_id, one.meaning] = one
    keys = QuestionKey.objects.newest_for(shown.values())
    return {quiz_key: _items(found, shown, keys) for quiz_key, found in analyses.items()}


def _items(found, shown, keys):
    items = [
        Item(shown[name], figures, keys[name].key)
        for name, figures in found.figures.items()
        if name in shown and name in keys
    ]
    return sorted(items, key=lambda one: (*rank(one.advice, one.figures), one.edition.pk))


def editions_of(item, found):
    """[(QuestionEdition, how often asked, whether pooled here), ...] of an Item's question, newest first."""
    editions = list(item.question.editions.order_by("-meaning", "-slip", "locale"))
    asked = {
        edition: n
        for (question, _meaning), figures in found.figures.items()
        if question == item.question.pk
        for edition, n in figures.editions.items()
    }
    return [(one, asked.get(one.pk, 0), one.meaning == item.edition.meaning) for one in editions]


def written_at(question):
    """(what it is called, address) of where the question is edited; None where that is gone."""
    if question.home == BANK:
        pk = BankQuestion.objects.filter(key=question.key).values_list("pk", flat=True).first()
        return pk and (_("Open the question in the bank"), reverse(EDIT_BANK, args=[pk]))
    pages = QuizPage.objects.filter(translation_key=question.home, alias_of=None).order_by("pk")
    pk = pages.values_list("pk", flat=True).first()
    return pk and (_("Open the quiz it is written in"), reverse(EDIT_PAGE, args=[pk]))


def repair_address(question):
    """Where its key is changed, with what that does to results; "" where there is no such page."""
    try:
        return reverse(REPAIR, args=[question.key])
    except NoReverseMatch:
        return ""
