"""At the end: what the tests came to, and what people thought of the workshop."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.room import figures, lessons, papers, survey
from courses.room.forms import SurveyForm
from courses.workshops.guard import runs_workshop


@runs_workshop
@require_safe
def workshop_debrief(request):
    """One page to be printed: the gain, three misconceptions, and the lessons to teach again."""
    found = figures.tests_of([request.workshop])
    # A few people are no picture of a room: then only how many there were.
    wrong = found.misconceptions if found.gain.is_judged or not found.n_after else []
    places = lessons.places_of(wrong, request.workshop.course) if wrong else []
    context = {
        "workshop": request.workshop,
        "tests": found,
        "misconceptions": list(zip(wrong, places, strict=True)),
        "at": timezone.now(),
    }
    return render(request, "room/debrief.html", context)


@runs_workshop
@require_safe
def workshop_survey(request):
    """Totals, as far as they are shown yet."""
    found = figures.survey_of([request.workshop])
    marks = [(words, found.marks[name]) for name, words in survey.STATEMENTS.items()]
    context = {"workshop": request.workshop, "survey": found, "marks": marks}
    return render(request, "room/survey.html", context)


@runs_workshop
@require_safe
def workshop_survey_sheet(request):
    return papers.response_of(papers.survey_sheet(), "feedback")


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_survey_enter(request):
    """Type in a reply from a sheet of paper, which bears no name."""
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            survey.reply_on_paper(request.workshop, form.said, actor=request.user, at=timezone.now())
        except survey.ReplyRefused:
            messages.error(request, _("Replies are entered from the beginning of the last session on."))
        else:
            messages.success(request, _("The reply is kept. Here is the form for the next sheet."))
            return redirect("workshop_survey_enter", request.workshop.uuid)
    context = {"workshop": request.workshop, "form": form}
    return render(request, "room/survey_enter.html", context, status=422 if form.errors else 200)
