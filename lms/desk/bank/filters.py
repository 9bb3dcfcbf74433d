"""The filters of the bank: beside what a question says of itself, where it is asked and how it goes."""

from functools import cached_property

import django_filters
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.questions.likeness import Texts
from courses.questions.models import BankQuestion
from courses.questions.viewsets import BankQuestionFilterSet
from courses.quizzes.asked import FEWEST, asked_of
from courses.quizzes.bank_uses import DRAWN, NAMED, BankUses

NOWHERE = "nowhere"
USED = [
    (NAMED, _("Always asked by a quiz")),
    (DRAWN, _("May be drawn by a quiz")),
    (NOWHERE, _("Not used")),
]
# name: (words, from, below) in per cent of the people.
RATES = {
    "few": (_("Fewer than %(n)d people yet") % {"n": FEWEST}, None, None),
    "low": (_("Below 50 %"), 0, 50),
    "middle": (_("50 to 84 %"), 50, 85),
    "high": (_("85 % or more"), 85, 101),
}
STATES = [
    ("live", _("Published")),
    ("changed", _("Published, with a newer draft")),
    ("draft", _("Not published")),
]
ALIKE = [("yes", _("Only those that look like another"))]


class BankFilters(BankQuestionFilterSet):
    course = django_filters.ModelChoiceFilter(
        label=_("Used in the course"), queryset=Course.objects.all(), method="leave_to_all"
    )
    used = django_filters.ChoiceFilter(label=_("Used"), choices=USED, method="leave_to_all")
    rate = django_filters.ChoiceFilter(
        label=_("Right at the first try"),
        choices=[(name, words) for name, (words, _from, _below) in RATES.items()],
        method="leave_to_all",
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="by_state")
    alike = django_filters.ChoiceFilter(label=_("Written twice"), choices=ALIKE, method="by_likeness")

    class Meta(BankQuestionFilterSet.Meta):
        fields = [
            "topic",
            "kind",
            "course",
            "used",
            "rate",
            "critical",
            "module",
            "pool",
            "difficulty",
            "tags",
            "state",
            "alike",
        ]

    @cached_property
    def uses(self):
        return BankUses()

    @cached_property
    def alike_to(self):
        """{pk: [pk of what it looks like, ...]} over the whole bank; empty unless it was asked for."""
        if not self.form.cleaned_data.get("alike"):
            return {}
        return Texts(dict(BankQuestion.objects.values_list("pk", "stem_text"))).all_alike()

    def leave_to_all(self, questions, name, value):
        return questions

    def by_state(self, questions, name, state):
        if state == "draft":
            return questions.filter(live=False)
        return questions.filter(live=True, has_unpublished_changes=state == "changed")

    def by_likeness(self, questions, name, value):
        return questions.filter(pk__in=self.alike_to)

    def filter_queryset(self, queryset):
        """What no column knows is asked of the rows, read once and without what is written in them."""
        questions = super().filter_queryset(queryset)
        asked = list(self._asked_of_rows(self.form.cleaned_data))
        if not asked:
            return questions
        rows = questions.only("key", "live", "pool", "module", "topic", "difficulty", "sectors")
        return questions.filter(pk__in=[row.pk for row in rows if all(holds(row) for holds in asked)])

    def _asked_of_rows(self, chosen):
        if course := chosen.get("course"):
            yield lambda row: any(use.course_id == course.pk for use in self.uses.of(row))
        if how := chosen.get("used"):
            yield lambda row: how in ({use.how for use in self.uses.of(row)} or {NOWHERE})
        if chosen.get("rate"):
            _words, least, below = RATES[chosen["rate"]]
            rates = {key: asked.rate for key, asked in asked_of().items()}
            yield lambda row: _is_between(rates.get(row.key), least, below)


def _is_between(rate, least, below):
    """`least` None: there is no rate yet."""
    if rate is None or least is None:
        return rate is None and least is None
    return least <= rate < below
