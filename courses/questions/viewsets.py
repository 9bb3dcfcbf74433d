"""The bank as its authors see it. Registered by the site's hooks."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.choices import Difficulty, Pool, Topic
from courses.questions.models import BankQuestion


class BankQuestionFilterSet(WagtailFilterSet):
    pool = django_filters.ChoiceFilter(label=_("Used for"), choices=Pool.choices)
    topic = django_filters.ChoiceFilter(label=_("Topic"), choices=Topic.choices)
    difficulty = django_filters.ChoiceFilter(label=_("Difficulty"), choices=Difficulty.choices)
    module = django_filters.AllValuesFilter(label=_("Module"))
    critical = django_filters.TypedChoiceFilter(
        label=_("Critical"),
        choices=[("true", _("Yes")), ("false", _("No"))],
        coerce="true".__eq__,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = BankQuestion
        fields = ["pool", "topic", "difficulty", "module", "critical"]


class BankQuestionViewSet(SnippetViewSet):
    model = BankQuestion
    icon = "help"
    menu_label = _("Questions")
    menu_name = "questions"
    filterset_class = BankQuestionFilterSet
    list_display = [
        "code",
        Column("stem_text", label=_("Question")),
        Column("get_pool_display", label=_("Used for"), sort_key="pool"),
        Column("module", label=_("Module"), sort_key="module"),
        Column("get_topic_display", label=_("Topic"), sort_key="topic"),
        Column("get_difficulty_display", label=_("Difficulty"), sort_key="difficulty"),
        BooleanColumn("critical", label=_("Critical"), sort_key="critical"),
        UpdatedAtColumn(),
    ]
    search_fields = ["stem_text", "code"]
    search_backend_name = None
    ordering = ["module", "code"]
    list_per_page = 50
    copy_view_enabled = False
