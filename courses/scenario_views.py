"""Before a scenario starts, and the whole of it for a device that plays it without a network."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.outline import DRILL
from courses.drills.scenarios import runs, telling
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.refusing import RunRefused
from courses.people.guard import person_required
from courses.progress.standing import of_scenario


def _scenario_or_404(request, key):
    """The standing, the part and the newest edition of a scenario on this person's path."""
    standing = of_scenario(key, request.person)
    part = standing and standing.outline.find(key=key, kind=DRILL)
    edition = part and ScenarioEdition.objects.newest_of(key)
    if edition is None:
        raise Http404
    return standing, part, edition


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def scenario(request, key):
    """What the case is like, its content note first; POST begins it, or another one instead, or goes on."""
    standing, part, edition = _scenario_or_404(request, key)
    instead = edition.policy["instead"] and ScenarioEdition.objects.newest_of(edition.policy["instead"])
    closed = ""
    if standing.enrolment is None or not standing.enrolment.may_study:
        closed = RunRefused("not studying").words
    elif request.method == "POST":
        other = instead if "instead" in request.POST else None
        try:
            run = runs.start(
                key,
                enrolment=standing.enrolment,
                play_key=other and other.scenario_key,
                actor=request.user,
                at=timezone.now(),
            )
        except RunRefused as refused:
            closed = refused.words
        else:
            return redirect("run", run.uuid)
    context = {
        "standing": standing,
        "page": standing.page,
        "part": part,
        "edition": edition,
        "instead": instead,
        "drill": standing.drills[part.key],
        "closed": closed,
    }
    return render(request, "courses/drills/scenarios/start.html", context)


@require_safe
@person_required
def scenario_story(request, key):
    """All situations in one document, to be played without a network. Nothing of what choices are worth."""
    standing, part, edition = _scenario_or_404(request, key)
    if standing.enrolment is None or not standing.enrolment.may_study:
        return redirect("scenario", key)
    context = {"page": standing.page, "part": part, "edition": edition}
    context["scenes"] = telling.scenes_of(edition, request.person)
    return render(request, "courses/drills/scenarios/story.html", context)
