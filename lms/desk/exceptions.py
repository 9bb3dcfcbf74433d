"""Exceptions for one person in one course: what may be granted now, each with its reason, and what was."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.catalogue import reading
from courses.choices import AttemptState, EnrolmentState, GrantKind
from courses.desk import DecideView, DeskScreen
from courses.enrolment.extending import ExtensionRefused, extend
from courses.enrolment.models import STUDYING, Enrolment
from courses.people.roles import is_oneself, may_grant_exceptions
from courses.progress.recognising import RecognitionRefused, recognisable, recognise
from courses.progress.standing import Standing
from courses.quizzes import exceptions, results
from courses.quizzes.models import Attempt
from courses.quizzes.refusals import moment_in_words
from lms.desk.exception_forms import DueForm, EndForm, ExceptionForm, RecogniseForm, TimeForm
from lms.desk.exception_history import history_of


def _enrolments():
    return Enrolment.objects.filter(state__in=STUDYING).select_related("person__agency", "course", "edition")


def _standing(enrolment):
    """With the rules of its tests, or None where the course has no page now."""
    page = reading.page_of(enrolment.course)
    if page is None:
        return None
    standing = Standing(page, enrolment.person, enrolment=enrolment)
    results.with_rules(standing.quizzes, standing.quiz_rows, enrolment)
    return standing


class OverviewView(DeskScreen, TemplateView):
    template_name = "lms/desk/exceptions.html"
    page_title = gettext_lazy("Exceptions")
    header_icon = "user"

    def may(self, user):
        return may_grant_exceptions(user)

    def prepare(self, **kwargs):
        self.enrolment = get_object_or_404(_enrolments(), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return f"{self.enrolment.person}, {self.enrolment.course}"

    def get_context_data(self, **kwargs):
        standing = _standing(self.enrolment)
        return super().get_context_data(
            enrolment=self.enrolment,
            is_own=is_oneself(self.request.user, self.enrolment.person),
            tests=_tests(standing) if standing else [],
            history=history_of(self.enrolment),
            **kwargs,
        )


def _tests(standing):
    """Each test of the path in words, with the deeds that would change something now."""
    at, enrolment = timezone.now(), standing.enrolment
    rows = []
    for part in standing.outline.quizzes:
        quiz = standing.quizzes[part.key]
        deeds = [
            (GrantKind(kind).label, reverse("desk_exception_grant", args=[enrolment.pk, part.key]))
            for kind in exceptions.grants_needed(quiz, at=at)
        ]
        if exceptions.time_needed(quiz, at=at):
            address = reverse("desk_exception_time", args=[enrolment.pk, part.key])
            deeds.append((_("Give extra time"), address))
        if quiz.open_uuid:
            address = reverse("desk_exception_end", args=[enrolment.pk, quiz.open_uuid])
            deeds.append((_("End the attempt in progress"), address))
        rows.append({"title": part.title, "quiz": quiz, "deeds": deeds})
    return rows


class ExceptionView(DecideView):
    """One exception, or the words why it is not possible (any more)."""

    form_class = ExceptionForm
    header_icon = "user"
    refusals = (exceptions.ExceptionRefused, ExtensionRefused, RecognitionRefused)

    def may(self, user):
        return may_grant_exceptions(user)

    def get_queryset(self):
        return _enrolments()

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        if is_oneself(self.request.user, self.object.person):
            raise PermissionDenied

    def get_page_subtitle(self):
        return f"{self.object.person}, {self.object.course}"

    def get_back_url(self):
        return reverse("desk_exceptions", args=[self.object.pk])

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except self.refusals:
            messages.error(
                self.request, _("Nothing changed: this exception is not needed, or not possible, any more.")
            )
            return redirect(self.get_back_url())

    @property
    def deed(self):
        """How every deed is done: with its reason, by whom, now."""
        return {"actor": self.request.user, "at": self.at}


class DueView(ExceptionView):
    form_class = DueForm
    page_title = gettext_lazy("Extend the date")
    explanation = gettext_lazy("The person has until the new day. What is done stays done.")
    button = gettext_lazy("Extend the date")

    def get_queryset(self):
        return super().get_queryset().filter(ended_at=None)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "was": self.object.due_on}

    def decide(self, enrolment, form):
        extend(enrolment, **form.cleaned_data, **self.deed)
        day = date_format(form.cleaned_data["due_on"], "j F Y")
        return _("%(name)s has until %(day)s.") % {"name": enrolment.person, "day": day}


class RecogniseView(ExceptionView):
    form_class = RecogniseForm
    page_title = gettext_lazy("Recognise earlier learning")
    explanation = gettext_lazy(
        "The lessons and module checks you tick count as done, with the source you name. They bring no "
        "result and no hours of this course. The final test is always taken here, and nobody completes a "
        "course without doing some part of it here."
    )
    button = gettext_lazy("Recognise what is ticked")

    def get_queryset(self):
        return super().get_queryset().filter(state=EnrolmentState.ACTIVE)

    def get_form_kwargs(self):
        standing = _standing(self.object)
        return {**super().get_form_kwargs(), "parts": recognisable(standing) if standing else []}

    def decide(self, enrolment, form):
        recognise(enrolment, form.cleaned_data.pop("parts"), **form.cleaned_data, **self.deed)
        return _("Recognised. The parts ticked count as done for %(name)s.") % {"name": enrolment.person}


class OneTestView(ExceptionView):
    """An exception at one test of the person's path."""

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        standing = _standing(self.object)
        part = standing and standing.outline.find(key=kwargs["quiz"])
        self.quiz = part and standing.quizzes.get(part.key)
        if self.quiz is None:
            raise Http404
        self.title = part.title


class GrantView(OneTestView):
    page_title = gettext_lazy("Allow another attempt")
    button = gettext_lazy("Yes, allow it")

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        self.kind = next(iter(exceptions.grants_needed(self.quiz, at=self.at)), None)

    @property
    def explanation(self):
        words = {
            GrantKind.ATTEMPT: _(
                "%(test)s: every attempt is used up. The person gets one more, with other questions where "
                "there are enough. The waiting time before it stays."
            ),
            GrantKind.NO_WAIT: _(
                "%(test)s: the person still has to wait. They may start the next attempt at once, this one "
                "time. It counts like every other attempt."
            ),
            None: _("%(test)s: nothing is in the way of the next attempt, so there is nothing to allow."),
        }
        return words[self.kind] % {"test": self.title}

    def decide(self, enrolment, form):
        if self.kind is None:
            raise exceptions.ExceptionRefused
        quiz_key = self.kwargs["quiz"]
        exceptions.grant(enrolment, quiz_key, self.kind, **form.cleaned_data, **self.deed)
        standing = results.standings(enrolment, [quiz_key])[quiz_key]
        until = standing.next_at
        if until is None or until <= self.at:
            return _("%(name)s can start the next attempt now.") % {"name": enrolment.person}
        return _("%(name)s can start one more attempt from %(when)s.") % {
            "name": enrolment.person,
            "when": moment_in_words(until),
        }


class TimeView(OneTestView):
    form_class = TimeForm
    page_title = gettext_lazy("Give extra time")
    button = gettext_lazy("Give extra time")

    @property
    def explanation(self):
        if not exceptions.time_needed(self.quiz, at=self.at):
            return _("%(test)s: there is no time limit now, so there is no time to give.") % {
                "test": self.title
            }
        words = _(
            "%(test)s: the limit is %(minutes)s minutes, and this person has %(extra)s minutes of extra time. "
            "What you give is for every attempt from now on, and at once for one in progress. Say how much it "
            "is in all: it takes the place of what there was, and can only be more."
        )
        if self.quiz.is_running(self.at):
            words += " " + _("The attempt in progress ends at %(when)s.")
        return words % {
            "test": self.title,
            "minutes": self.quiz.minutes or "–",
            "extra": self.quiz.extra_minutes,
            "when": self.quiz.deadline and moment_in_words(self.quiz.deadline),
        }

    def decide(self, enrolment, form):
        quiz_key = self.kwargs["quiz"]
        exceptions.give_time(enrolment, quiz_key, **form.cleaned_data, **self.deed)
        standing = results.standings(enrolment, [quiz_key])[quiz_key]
        if standing.is_running(self.at):
            return _("Done. %(name)s has until %(when)s for the attempt in progress.") % {
                "name": enrolment.person,
                "when": moment_in_words(standing.deadline),
            }
        return _("Done. %(name)s has %(minutes)d minutes from when the attempt starts.") % {
            "name": enrolment.person,
            "minutes": standing.minutes + standing.extra_minutes,
        }


class EndView(ExceptionView):
    form_class = EndForm
    page_title = gettext_lazy("End an attempt in progress")
    explanation = gettext_lazy(
        "Choose what happens to it. Every question and answer stays on record either way. "
        "This cannot be undone."
    )
    button = gettext_lazy("End the attempt")
    serious = True

    def get_queryset(self):
        mine = Attempt.objects.filter(uuid=self.kwargs["attempt"], state=AttemptState.OPEN)
        return super().get_queryset().filter(attempts__in=mine)

    def decide(self, enrolment, form):
        uuid, reason = self.kwargs["attempt"], form.cleaned_data["reason"]
        if form.cleaned_data["how"] == EndForm.VOID:
            exceptions.void(uuid, reason=reason, **self.deed)
            return _("The attempt is ended and does not count. %(name)s can start again.") % {
                "name": enrolment.person
            }
        exceptions.hand_in(uuid, reason=reason, **self.deed)
        return _("The attempt is handed in and marked. %(name)s sees the result.") % {"name": enrolment.person}
