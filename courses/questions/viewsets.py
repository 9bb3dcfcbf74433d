"""The bank as its authors see it. The desk adds where questions are used, and registers it."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.choices import Difficulty, Pool, Topic
from courses.questions.blocks import QuestionBlocks
from courses.questions.models import BankQuestion

KINDS = [(name, block.label) for name, block in QuestionBlocks().child_blocks.items()]
YES_NO = [("true", _("Yes")), ("false", _("No"))]


class BankQuestionFilterSet(WagtailFilterSet):
    topic = django_filters.ChoiceFilter(label=_("Topic"), choices=Topic.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS)
    module = django_filters.AllValuesFilter(label=_("Module"))
    pool = django_filters.ChoiceFilter(label=_("Used for"), choices=Pool.choices)
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    critical = django_filters.TypedChoiceFilter(
        label=_("Critical"), choices=YES_NO, coerce="true".__eq__, widget=forms.RadioSelect
    )
    tags = django_filters.ModelChoiceFilter(
        label=_("Tag"),
        queryset=Tag.objects.filter(courses_bankquestiontag_items__isnull=False).distinct().order_by("name"),
    )

    class Meta:
        model = BankQuestion
        fields = ["topic", "kind", "module", "pool", "difficulty", "critical", "tags"]


class BankQuestionViewSet(SnippetViewSet):
    model = BankQuestion
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    filterset_class = BankQuestionFilterSet
    list_display = [
        "code",
        Column("stem_text", label=_("Question")),
        Column("kind", label=_("Kind"), accessor=lambda question: dict(KINDS).get(question.kind, "")),
        Column("module", label=_("Module"), sort_key="module"),
        Column("get_topic_display", label=_("Topic"), sort_key="topic"),
    ]
    search_fields = ["stem_text", "answers_text", "code"]
    search_backend_name = None
    ordering = ["module", "code"]
    list_per_page = 50
    copy_view_enabled = False
