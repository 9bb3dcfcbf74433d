"""Where devices speak: what waited on them is taken, and they are told who is signed in."""

import json
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from courses.arriving import Malformed
from courses.people import heard
from courses.people.guard import person_required
from courses.people.models import Person
from lms.offline import cards, syncing
from lms.offline.items import MAX_ITEMS, read_batch

LONGEST_BODY = 256 * 1024
# Of a database that is busy: asked again after this many seconds.
SOON = 3


def says_when_busy(view):
    @wraps(view)
    def answer(request):
        try:
            return view(request)
        except syncing.BUSY:
            return JsonResponse({"error": "busy"}, status=503, headers={"Retry-After": str(SOON)})

    return answer


@require_http_methods(["GET", "POST"])
@says_when_busy
def sync(request):
    """GET: who is signed in, and the token with which to send. POST: the items, each answered by itself."""
    if not request.user.is_authenticated or request.user.person_id is None:
        return JsonResponse({"sign_in": reverse("account_login")}, status=401)
    if request.method == "GET":
        return _who(request)
    at = timezone.now()
    try:
        if len(request.body) > LONGEST_BODY:
            raise RequestDataTooBig
        batch = read_batch(json.loads(request.body), at=at)
    except RequestDataTooBig:
        return JsonResponse({"error": "too_long"}, status=413)
    except (ValueError, RecursionError, Malformed):
        return JsonResponse({"error": "malformed"}, status=400)
    if len(batch.items) > MAX_ITEMS:
        return JsonResponse({"error": "too_many", "most": MAX_ITEMS}, status=413)
    person = request.user.person
    if batch.person != person.uuid and batch.person not in _merged_into(person):
        # Somebody else's, on a telephone that is shared: it waits until they sign in again.
        return JsonResponse({"person": str(person.uuid)}, status=409)
    sender = syncing.Sender(person, request.user, batch.device, batch.offset, at)
    heard.hear(person, batch.device, at=at)
    replies = syncing.take(batch.items, sender)
    return JsonResponse({"at": at.isoformat(), "items": [reply._asdict() for reply in replies]})


def _merged_into(person):
    merged = Person.objects.filter(merged_into=person)
    return list(merged.order_by("pk").values_list("uuid", flat=True))


def _who(request):
    person = request.user.person
    return JsonResponse(
        {
            "person": str(person.uuid),
            # Records that are part of this one now: what waits under their names is this person's too.
            "merged": [str(uuid) for uuid in _merged_into(person)],
            "token": get_token(request),
            "at": timezone.now().isoformat(),
            "card": cards.stamp_for(person),
        }
    )


@require_GET
@person_required
def downloads(request):
    """What this device keeps and what waits on it: the server does not know, so a script tells it."""
    return render(request, "lms/offline/downloads.html")
