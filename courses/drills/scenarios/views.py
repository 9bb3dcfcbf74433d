"""Playing a scenario: one situation a page, at an address that stays, and the way looked back at. Works without
script."""

import uuid as uuids

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.arriving import uuid_of_form
from courses.catalogue import reading
from courses.drills.scenarios import runs, telling
from courses.drills.scenarios.models import Run
from courses.people.guard import person_required


def _run_of(request, uuid):
    """The one door to a run: the person's own, or 404."""
    mine = Run.objects.of(request.person).select_related("edition", "enrolment").filter(uuid=uuid)
    found = mine.first()
    if found is None:
        raise Http404
    return found


@person_required
@require_safe
def run(request, uuid):
    """To where the person stands."""
    found = _run_of(request, uuid)
    return redirect("run_place", uuid, found.played().here)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request, uuid, place):
    """A situation with its choices, or the ending; POST chooses, or goes back."""
    found = _run_of(request, uuid)
    if request.method == "POST":
        return _choose(request, found, place)
    return _show(request, found, place)


def _show(request, found, place, *, problem=""):
    played = found.played()
    if place != played.here and not (found.edition.is_practice and played.may_go_back_to(place)):
        return redirect("run_place", found.uuid, played.here)
    context = {"run": found, "scenario": found.edition, "problem": problem}
    if played.is_over:
        context.update(telling.ending_of(found, played))
        return render(request, "courses/drills/scenarios/ending.html", context)
    context.update(telling.situation_of(found, played, place))
    context["event_uuid"] = uuids.uuid4()
    return render(request, "courses/drills/scenarios/situation.html", context, status=422 if problem else 200)


def _choose(request, found, place):
    chosen = "" if "back" in request.POST else request.POST.get("choice", "")
    if not chosen and "back" not in request.POST:
        return _show(request, found, place, problem=_("Choose what you would do."))
    move = runs.Choice(uuid_of_form(request.POST), place, chosen[:40])
    (status,) = runs.choose(found, [move], actor=request.user, at=timezone.now())
    if status == runs.OUT_OF_STEP:
        messages.info(request, _("You had gone on from there. This is where you stand now."))
    return redirect("run", found.uuid)


@person_required
@require_safe
def review(request, uuid):
    """The way gone: what was chosen, what the procedure asks, and by which clause."""
    found = _run_of(request, uuid)
    if not found.is_ended:
        return redirect("run", uuid)
    page = reading.page_of(found.enrolment.course)
    context = {
        "run": found,
        "scenario": found.edition,
        "next_url": reverse("course_continue", args=[page.slug]) if page else reverse("home"),
        **telling.review_of(found),
    }
    return render(request, "courses/drills/scenarios/review.html", context)
