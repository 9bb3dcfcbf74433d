"""Who took a quiz with what result, and one attempt exactly as it was shown."""

from collections import Counter

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from courses.audit import log
from courses.choices import AttemptState
from courses.people import roles
from courses.quizzes.models import AnswerEvent, Attempt, QuizEdition
from lms.reports.filters import AttemptFilters
from lms.reports.looking import look_at
from lms.reports.tables import ResultTable, only_for_results


def numbers_of(attempts, quiz_key):
    """{attempt id: which of this person's attempts at this quiz it is, in this cycle}, in one query."""
    rows = Attempt.objects.filter(quiz_key=quiz_key, person__in={one.person_id for one in attempts})
    rows = rows.exclude(state=AttemptState.PREPARED).order_by("pk").values_list("pk", "person_id", "cycle")
    so_far, found = Counter(), {}
    for pk, person_id, cycle in rows:
        so_far[person_id, cycle] += 1
        found[pk] = so_far[person_id, cycle]
    return found


def passed_in_words(row):
    return "" if row.passed is None else _("Yes") if row.passed else _("No")


class AttemptsView(ResultTable):
    index_url_name = "results_quiz"
    index_results_url_name = "results_quiz_rows"
    filterset_class = AttemptFilters
    empty = gettext_lazy("Nobody has taken this quiz yet. Attempts are here as soon as somebody begins.")
    columns = [
        TitleColumn(
            "person",
            label=gettext_lazy("Person"),
            sort_key="person__full_name",
            get_url=lambda row: reverse("results_attempt", args=[row.uuid]),
        ),
        Column("person.agency", label=gettext_lazy("Agency"), sort_key="person__agency__name"),
        Column("number", label=gettext_lazy("Attempt")),
        Column("started_at", label=gettext_lazy("Begun"), sort_key="started_at"),
        Column("submitted_at", label=gettext_lazy("Handed in"), sort_key="submitted_at"),
        Column("score", label=gettext_lazy("Score, of 100"), sort_key="score"),
        Column("passed", label=gettext_lazy("Passed"), accessor=passed_in_words, sort_key="passed"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
    ]

    def find(self):
        editions = QuizEdition.objects.filter(quiz_key=self.kwargs["key"]).order_by("-n")
        found = editions.filter(locale="en").first() or editions.first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        return self.about.title

    def get_base_queryset(self):
        shown = Attempt.objects.filter(quiz_key=self.about.quiz_key).exclude(state=AttemptState.PREPARED)
        return shown.with_latest_marking().select_related("person__agency")

    def complete(self, rows):
        numbers = numbers_of(rows, self.about.quiz_key)
        for row in rows:
            row.number = numbers[row.pk]
        return rows


class AttemptView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "lms/reports/attempt.html"
    page_title = gettext_lazy("One attempt")
    header_icon = "table"
    http_method_names = ["get", "options"]

    def dispatch(self, request, *args, **kwargs):
        only_for_results(request)
        self.attempt = get_object_or_404(
            Attempt.objects.exclude(state=AttemptState.PREPARED).select_related(
                "person__agency", "person__post", "quiz_edition"
            ),
            uuid=kwargs["uuid"],
        )
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.attempt)

    def get_breadcrumbs_items(self):
        quiz = self.attempt.quiz_edition
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy("results"), "label": _("Results")},
            {"url": reverse("results_quiz", args=[self.attempt.quiz_key]), "label": quiz.title},
            {"url": "", "label": str(self.attempt.person)},
        ]

    def get_context_data(self, **kwargs):
        looked = look_at(self.attempt, with_keys=roles.may_see_keys(self.request.user))
        number = numbers_of([self.attempt], self.attempt.quiz_key)[self.attempt.pk]
        log.record(
            "attempt looked at",
            self.attempt,
            actor=self.request.user,
            at=timezone.now(),
            person=str(self.attempt.person.uuid),
            with_keys=looked.with_keys,
        )
        waiting = AnswerEvent.objects.undecided().filter(item__attempt=self.attempt).count()
        return super().get_context_data(
            attempt=self.attempt, number=number, looked=looked, waiting=waiting, **kwargs
        )
