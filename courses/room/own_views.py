"""For whoever is at a workshop: its tests by phone, and the survey."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.choices import RegistrationState, RoomTestWhen
from courses.people.guard import person_required
from courses.quizzes.models import QuizEdition
from courses.quizzes.refusals import StartRefused
from courses.room import survey, taking
from courses.room.forms import SurveyForm
from courses.room.models import SurveyReceipt
from courses.workshops.models import Registration


def _registration_or_404(request, uuid):
    """The person's own, or that of a record merged into theirs; a cancelled one is none."""
    mine = Registration.objects.of(request.person.counts_as).filter(workshop__uuid=uuid)
    mine = mine.exclude(state=RegistrationState.CANCELLED).select_related("workshop")
    found = mine.live_first().first()
    if found is None:
        raise Http404
    return found


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_test(request, uuid, when):
    """What the test is; POST starts it, or goes on with it."""
    registration = _registration_or_404(request, uuid)
    workshop = registration.workshop
    key = taking.quiz_key_of(workshop, when) if when in RoomTestWhen.values else None
    if key is None:
        raise Http404
    at, found, refused = timezone.now(), taking.taken(registration, when), ""
    if found is None and registration.state != RegistrationState.REGISTERED:
        refused = str(taking.NotComing())
    elif found is None:
        try:
            taking.check_open(workshop, when, at)
        except taking.TestRefused as refusal:
            refused = str(refusal)
    if request.method == "POST" and not refused:
        try:
            attempt = taking.start(registration, when, person=request.person, actor=request.user, at=at)
        except (taking.TestRefused, StartRefused) as refusal:
            refused = str(refusal)
        else:
            if attempt.person_id == request.person.pk:
                return redirect("attempt", attempt.uuid)
    edition = found.attempt.quiz_edition if found else QuizEdition.objects.newest([key]).get(key)
    context = {
        "workshop": workshop,
        "registration": registration,
        "when": RoomTestWhen(when),
        "quiz": edition,
        "size": edition.size_for(request.person.sector_code) if edition else 0,
        "taken": found,
        "is_own": bool(found) and found.attempt.person_id == request.person.pk,
        "refused": refused,
    }
    return render(request, "room/test.html", context)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_feedback(request, uuid):
    """The survey, once; nothing of it is tied to the person."""
    registration = _registration_or_404(request, uuid)
    refused = _refusal(registration, timezone.now())
    form = SurveyForm(request.POST if request.method == "POST" and not refused else None)
    if form.is_bound and form.is_valid():
        try:
            survey.reply(registration, form.said, at=timezone.now())
        except survey.ReplyRefused as refusal:
            refused = refusal.code
        else:
            messages.success(request, _("Thank you. Your reply is kept without your name."))
            return redirect("workshop_feedback", uuid)
    context = {"workshop": registration.workshop, "form": form, "refused": refused}
    return render(request, "room/feedback.html", context, status=422 if form.errors and not refused else 200)


def _refusal(registration, at):
    if registration.state != RegistrationState.REGISTERED:
        return "absent"
    if SurveyReceipt.objects.filter(registration=registration).exists():
        return "twice"
    try:
        survey.check_open(registration.workshop, at)
    except survey.ReplyRefused as refusal:
        return refusal.code
    return ""
