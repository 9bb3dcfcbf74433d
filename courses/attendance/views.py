"""The trainee at the door: the code on the wall, and the code on one's own telephone."""

import uuid as uuids

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courses import arriving
from courses.arriving import uuid_of_form
from courses.attendance import device_rows, guessing, own_code, wall
from courses.attendance.wording import standing_in_words
from courses.guessing import client_of
from courses.people.guard import person_required
from courses.qr import qr_code


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_start(request):
    """Type the code of the wall."""
    if request.method != "POST":
        return render(request, "attendance/code.html")
    code = wall.clean_code(request.POST.get("code", ""))
    if not code:
        return render(request, "attendance/code.html", {"unknown": True}, status=422)
    return redirect("check_in", code)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request, code):
    """The session of a wall code: where, when, and one button."""
    client, now = client_of(request), timezone.now()
    if guessing.is_blocked(request.person, client, at=now):
        return render(request, "attendance/code.html", {"blocked": True}, status=429)
    session = wall.session_of(code)
    if session is None:
        guessing.count(request.person, client, at=now)
        return render(request, "attendance/code.html", {"unknown": True}, status=404)
    if request.method == "POST":
        return _sign_in(request, session, code, now)
    return _show(request, session, wall.standing(session, request.person, at=now), now)


def _sign_in(request, session, code, now):
    try:
        wall.sign_in(
            session,
            request.person,
            uuid=uuid_of_form(request.POST),
            client_at=_client_at(request),
            walk_in="walk_in" in request.POST,
            actor=request.user,
            at=now,
        )
    except wall.SignInRefused as refused:
        return _show(request, session, refused.standing, now, status=422)
    return redirect("check_in", code)


def _show(request, session, standing, now, status=200):
    context = {"session": session, "standing": standing, "uuid": uuids.uuid4(), "at": now.isoformat()}
    if standing.state not in (wall.READY, wall.SIGNED_IN):
        context["heading"], context["words"] = standing_in_words(standing, session)
    return render(request, "attendance/check_in.html", context, status=status)


def _client_at(request):
    try:
        return device_rows.as_moment(request.POST.get("at"))
    except arriving.Malformed:
        return None


@person_required
@require_safe
def my_code(request):
    """One's own code, for whoever runs the workshop to scan."""
    address = settings.SITE_URL + reverse("check_in_own", args=[own_code.code_of(request.person)])
    return render(request, "attendance/my_code.html", {"person": request.person, "qr": qr_code(address)})
