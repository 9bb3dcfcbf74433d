"""The columns of the bank, and what its rows are given before they are shown."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from courses.questions.models import BankQuestion
from courses.questions.viewsets import KINDS
from courses.quizzes.asked import Asked, asked_of
from courses.quizzes.bank_uses import BankUses

EDIT = "wagtailsnippets_courses_bankquestion:edit"


@dataclass
class Found:
    """What is known of one question beyond what is written in it."""

    uses: list
    asked: Asked
    # Questions of the bank that look like it; only where somebody asked for them.
    alike: list = field(default_factory=list)


def with_facts(rows, uses=None, alike_to=None):
    """The rows, each with `found`. A constant number of queries.

    `uses`: the BankUses, if they were read before. `alike_to`: {pk: [pks of what it looks like]}.
    """
    uses, alike_to = uses or BankUses(), alike_to or {}
    asked = asked_of([row.key for row in rows])
    wanted = {pk for row in rows for pk in alike_to.get(row.pk, ())}
    others = BankQuestion.objects.only("code", "stem_text").in_bulk(wanted) if wanted else {}
    for row in rows:
        alike = [others[pk] for pk in alike_to.get(row.pk, ()) if pk in others]
        row.found = Found(uses.of(row), asked.get(row.key, Asked()), alike)
    return rows


def state_of(question):
    if not question.live:
        return _("Not published")
    return _("Published, with a newer draft") if question.has_unpublished_changes else _("Published")


def rate_of(question):
    asked = question.found.asked
    if asked.rate is not None:
        return f"{asked.rate} %"
    return _("too few") if asked.times else ""


class QuestionColumn(Column):
    """The wording, whether it is critical, its tags, and what it looks like."""

    cell_template_name = "lms/desk/bank/question_cell.html"


class UsesColumn(Column):
    """How many quizzes ask it, leading to their names."""

    cell_template_name = "lms/desk/bank/uses_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": reverse("desk_question_uses", args=[instance.pk])}


COLUMNS = [
    QuestionColumn("stem_text", label=gettext_lazy("Question")),
    Column("kind", label=gettext_lazy("Kind"), accessor=lambda row: dict(KINDS).get(row.kind, "")),
    Column("get_topic_display", label=gettext_lazy("Topic"), sort_key="topic"),
    Column("module", label=gettext_lazy("Module"), sort_key="module"),
    UsesColumn("uses", label=gettext_lazy("Used in"), accessor=lambda row: len(row.found.uses)),
    Column("asked", label=gettext_lazy("Asked"), accessor=lambda row: row.found.asked.times),
    Column("rate", label=gettext_lazy("Right at the first try"), accessor=rate_of),
    Column("state", label=gettext_lazy("State"), accessor=state_of),
]


class BankTable:
    """Mixin for an index view of the bank: its rows know where they are used and how they go."""

    # Of the bank's rows, what the table does not show is not read.
    def get_base_queryset(self):
        return super().get_base_queryset().defer("body", "answers_text").prefetch_related("tagged_items__tag")

    def complete(self, rows):
        """The rows of a page, with what the query does not bring."""
        filters = self.filters
        known = {"uses": filters.uses, "alike_to": filters.alike_to} if filters.is_valid() else {}
        return with_facts(rows, **known)

    def get_table(self, object_list):
        return super().get_table(self.complete(list(object_list)))
