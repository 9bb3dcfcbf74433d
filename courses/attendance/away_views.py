"""The door without a network: the list for the facilitator's own device, and the page that draws it."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.attendance import away
from courses.attendance.wording import away_words
from courses.choices import WorkshopState
from courses.people import devices
from courses.people.guard import lacks_second_step
from courses.workshops.guard import runs_workshop
from courses.workshops.models import Workshop

OVER = (WorkshopState.CLOSED, WorkshopState.CANCELLED)


@require_safe
def door_list(request, uuid):
    """Names, rows and where each stands, as JSON. On 403, 404 and 410 a device lets go of what it has: it is
    shared, the log-in does not run the workshop (any more) or lacks its second step; the record
    is closed, or no session is planned."""
    if not request.user.is_authenticated or request.user.person_id is None:
        return JsonResponse({"error": "sign_in"}, status=401)
    workshop = Workshop.objects.taught_by(request.user).filter(uuid=uuid).first()
    if workshop is None:
        return JsonResponse({"error": "absent"}, status=404)
    if lacks_second_step(request.user):
        return JsonResponse({"error": "second_step"}, status=403)
    if not devices.is_own_device(request):
        return JsonResponse({"error": "shared_device"}, status=403)
    if workshop.state in OVER:
        return JsonResponse({"error": "closed"}, status=410)
    if not workshop.sessions.exists():
        return JsonResponse({"error": "no_session"}, status=410)
    at = timezone.now()
    return JsonResponse({"person": request.user.person.uuid, **away.list_of(workshop, at=at)})


@runs_workshop
@require_safe
def door_away(request):
    """A page without anybody's name, that may be kept: its script draws the list kept on the device."""
    if not devices.is_own_device(request):
        return redirect("workshop_door", request.workshop.uuid)
    return render(request, "attendance/away.html", {"workshop": request.workshop, "words": away_words()})
