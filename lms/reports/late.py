"""Answers that came late: whose wait for a decision, and the decision about those of one attempt."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from courses.choices import ARRIVALS_TO_DECIDE, Arrival
from courses.desk import DeskScreen
from courses.people import roles
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.models import Agency
from courses.quizzes import attempts, late, showing
from courses.quizzes.models import AnswerEvent, Attempt
from lms.reports.looking import answer_in_words, counting_words
from lms.reports.tables import ResultTable

ACCEPT, LEAVE = "accept", "leave"
STATES = [("waiting", gettext_lazy("Waiting for a decision")), ("decided", gettext_lazy("Decided"))]


class LateFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=STATES, method="filter_state", label=gettext_lazy("State"))
    arrival = django_filters.ChoiceFilter(
        choices=[(value, Arrival(value).label) for value in ARRIVALS_TO_DECIDE],
        method="filter_arrival",
        label=gettext_lazy("Came"),
    )
    agency = django_filters.ModelChoiceFilter(
        field_name="person__agency", queryset=Agency.objects.all(), label=gettext_lazy("Agency")
    )

    class Meta:
        model = Attempt
        fields = ["state", "arrival", "agency"]

    def filter_state(self, queryset, name, value):
        return queryset.filter(waiting__gt=0) if value == "waiting" else queryset.filter(waiting=None)

    def filter_arrival(self, queryset, name, value):
        came = AnswerEvent.objects.filter(item__attempt=OuterRef("pk"), arrival=value)
        return queryset.filter(Exists(came))


class LateView(ResultTable):
    index_url_name = "results_late"
    index_results_url_name = "results_late_rows"
    filterset_class = LateFilters
    page_title = gettext_lazy("Answers that came late")
    default_ordering = "-came_at"
    show_export_buttons = False
    empty = gettext_lazy(
        "No answer has come late. What a device sends after a test was handed in will be here."
    )
    columns = [
        TitleColumn(
            "person",
            label=gettext_lazy("Person"),
            sort_key="person__full_name",
            get_url=lambda row: reverse(
                "results_late_attempt" if row.waiting else "results_attempt", args=[row.uuid]
            ),
        ),
        Column("person.agency", label=gettext_lazy("Agency"), sort_key="person__agency__name"),
        Column("quiz_edition.title", label=gettext_lazy("Test"), sort_key="quiz_edition__title"),
        Column("came", label=gettext_lazy("Answers that came late"), sort_key="came"),
        Column(
            "waiting",
            label=gettext_lazy("Waiting for a decision"),
            accessor=lambda row: row.waiting or 0,
            sort_key="waiting",
        ),
        Column("came_at", label=gettext_lazy("The last one came"), sort_key="came_at"),
    ]

    def find(self):
        return None

    def get_page_title(self):
        return self.page_title

    def get(self, request, *args, **kwargs):
        if "export" in request.GET:
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return late.attempts_with_late().select_related("person__agency", "quiz_edition")


class DecideForm(CarefulForm):
    answers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Answers"), widget=forms.CheckboxSelectMultiple, coerce=str
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(ACCEPT, gettext_lazy("Let them count")), (LEAVE, gettext_lazy("Leave the result as it is"))],
        widget=forms.RadioSelect,
    )
    reason = FreeTextField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy(
            "The person reads it on the result page. This is not where you report a case: write nothing about "
            "a case, and nothing about anybody's health."
        ),
    )
    # What was asked to be confirmed; anything else is asked first.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["answers", "decision", "reason"]

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = offered
        self.fields["answers"].initial = [uuid for uuid, _words in offered]

    @property
    def asked(self):
        """The deed in one line, to know it again."""
        return "|".join([self.cleaned_data["decision"], *sorted(self.cleaned_data["answers"])])


class DecideLateView(DeskScreen, FormView):
    """Asked twice: the second time it says what the result will be."""

    form_class = DecideForm
    template_name = "lms/reports/late.html"
    page_title = gettext_lazy("Answers that came late")
    header_icon = "table"

    def may(self, user):
        return roles.may_decide_late_answers(user)

    def prepare(self, uuid):
        found = late.attempts_with_late().select_related("person__agency", "quiz_edition")
        self.attempt = get_object_or_404(found, uuid=uuid)
        if roles.is_oneself(self.request.user, self.attempt.person):
            raise PermissionDenied
        self.waiting = late.undecided_of(self.attempt)

    def get_page_subtitle(self):
        return str(self.attempt)

    def get_form_kwargs(self):
        counting = counting_words(self.attempt)
        offered = [(str(event.uuid), in_words(event, counting)) for event in self.waiting]
        return {**super().get_form_kwargs(), "offered": offered}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            attempt=self.attempt, waiting=self.waiting, marking=self.attempt.latest_marking(), **kwargs
        )

    def form_valid(self, form):
        if form.cleaned_data.get("confirmed") != form.asked:
            form.data = {**form.data.dict(), "answers": form.data.getlist("answers"), "confirmed": form.asked}
            return self.render_to_response(self.get_context_data(form=form, will_be=self.what_will_be(form)))
        accepted = form.cleaned_data["decision"] == ACCEPT
        chosen = {event.uuid for event in self.chosen(form)}
        try:
            late.decide(
                self.attempt.uuid,
                chosen,
                accepted=accepted,
                reason=form.cleaned_data["reason"],
                actor=self.request.user,
                at=timezone.now(),
            )
        except late.WouldFail:
            messages.error(self.request, _("Nothing changed: the test was passed, and would not be any more."))
        except late.DecisionRefused:
            messages.error(self.request, _("Nothing changed: somebody decided about these answers meanwhile."))
        else:
            messages.success(
                self.request, _("The answers count now.") if accepted else _("The result stays as it is.")
            )
        return redirect("results_attempt", self.attempt.uuid)

    def chosen(self, form):
        return [event for event in self.waiting if str(event.uuid) in form.cleaned_data["answers"]]

    def what_will_be(self, form):
        """What the second question says."""
        if form.cleaned_data["decision"] == LEAVE:
            return _("The answers stay on record and do not count. This cannot be decided again.")
        marking = self.attempt.latest_marking()
        if marking is None:
            return _("The answers count when the test is handed in. This cannot be decided again.")
        result, _versions = attempts.result_of(self.attempt, also=self.chosen(form))
        if late.would_fail(marking, result):
            return _("The test was passed, and with these answers it would not be. They cannot be accepted.")
        words = _("The test is marked again: %(score)s of 100, passed. It was %(was)s. This cannot be undone.")
        if not (result.passed or marking.passed):
            words = _(
                "The test is marked again: %(score)s of 100, not passed. It was %(was)s. This cannot be undone."
            )
        return words % {"score": result.score, "was": marking.score}


def in_words(event, counting):
    """A late answer beside the one that counts now."""
    shown = showing.show_item(event.item, event.payload)
    moments = {
        "n": event.item.n,
        "question": shown["question"],
        "answer": answer_in_words(event),
        "given": date_format(timezone.localtime(event.effective_at), "DATETIME_FORMAT"),
        "came": date_format(timezone.localtime(event.received_at), "DATETIME_FORMAT"),
        "how": event.get_arrival_display().lower(),
        "counts": counting.get(event.item_id) or _("no answer"),
    }
    return (
        _(
            "%(n)s. %(question)s Late answer: “%(answer)s”, given %(given)s, received %(came)s, %(how)s. "
            "Counts now: %(counts)s."
        )
        % moments
    )
