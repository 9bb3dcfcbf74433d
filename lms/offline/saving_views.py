"""A course on a device: the page that keeps it there, and what it is made of."""

from functools import partial

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from courses.arriving import Malformed, as_uuid
from courses.catalogue import reading
from courses.people.devices import is_own_device
from courses.people.guard import person_required
from courses.progress.standing import Standing
from lms.offline import bundles, papers
from lms.offline.rendering import rendered
from lms.offline.weighing import page_bytes


def _standing_or_404(slug, person):
    page = reading.find_course(slug)
    if page is None:
        raise Http404
    return Standing(page, person)


def _may_study(standing):
    return standing.enrolment is not None and standing.enrolment.may_study


@require_GET
@person_required
def save_course(request, course):
    standing = _standing_or_404(course, request.person)
    if not _may_study(standing):
        return redirect("course", course)
    return render(request, "lms/offline/save.html", {"standing": standing, "page": standing.page})


@require_GET
@person_required
def save_list(request, course):
    """Everything the course is made of for this person, with its bytes; see `bundles.Bundle`."""
    standing = _standing_or_404(course, request.person)
    if not _may_study(standing):
        return JsonResponse({"error": "ended"}, status=403)
    return JsonResponse(bundles.bundle_of(standing, request).as_dict())


@require_POST
@person_required
def save_papers(request, course):
    """Prepares the papers of this device ({"device": its name}) and says where they are."""
    standing = _standing_or_404(course, request.person)
    if not _may_study(standing) or not is_own_device(request):
        # On a shared device nothing is kept.
        return JsonResponse({"error": "not_here"}, status=403)
    try:
        device = str(as_uuid(request.POST.get("device")))
    except Malformed:
        return JsonResponse({"error": "malformed"}, status=400)
    prepared = papers.prepare_all(
        standing, person=request.person, device=device, actor=request.user, at=timezone.now()
    )
    return JsonResponse({"papers": [paper for paper in map(partial(_weighed, request), prepared) if paper]})


def _weighed(request, paper):
    """With its bytes; None where its time was over meanwhile."""
    try:
        return {**paper._asdict(), "bytes": page_bytes(rendered(paper.url, request))}
    except Http404:
        return None
