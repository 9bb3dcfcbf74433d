"""What a telephone's camera opens: rows of the sheet and people's own codes.

For whoever does not run the workshop these pages say nothing, and nothing is recorded.
"""

import uuid as uuids

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.arriving import uuid_of_form
from courses.attendance import marking, own_code, sittings, walking_in
from courses.attendance.models import Attendance
from courses.attendance.wording import MARK_REFUSED
from courses.choices import AttendanceMark, AttendanceMethod, WorkshopState
from courses.people import roles
from courses.people.guard import lacks_second_step, to_second_step
from courses.workshops.models import Registration, Workshop

SCANNED = {AttendanceMark.PRESENT.value, AttendanceMark.LATE.value}


def _tells_nothing(request, status=200):
    return render(request, "attendance/neutral.html", status=status)


def _mine(request):
    """Registrations of the workshops this log-in runs; the one database question a stranger costs."""
    if not roles.may_teach(request.user):
        return Registration.objects.none()
    mine = Workshop.objects.taught_by(request.user).values("pk")
    return Registration.objects.filter(workshop__in=mine)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_person(request, uuid):
    """One row of the sheet, opened by a camera: name, agency, and one button."""
    found = _mine(request).filter(uuid=uuid).select_related("person__agency", "workshop").first()
    if found is None:
        return _tells_nothing(request, 403 if request.method == "POST" else 200)
    if lacks_second_step(request.user):
        return to_second_step(request)
    at = timezone.now()
    sessions = list(found.workshop.sessions.all())
    session = sittings.current(sessions, at)
    if session is None:
        return _tells_nothing(request)
    session.workshop = found.workshop
    if request.method == "POST":
        mark = request.POST.get("mark")
        if mark not in SCANNED:
            raise Http404
        try:
            marking.mark(
                found,
                session,
                mark,
                uuid=uuid_of_form(request.POST),
                method=AttendanceMethod.SCAN,
                actor=request.user,
                at=at,
            )
        except marking.MarkRefused as refused:
            messages.warning(request, MARK_REFUSED[refused.code])
        return redirect("check_in_person", uuid)
    context = {
        "registration": found,
        "workshop": found.workshop,
        "session": session,
        "attendance": Attendance.objects.filter(registration=found, session=session).first(),
        "may_mark": not found.workshop.is_closed and at >= sittings.day_of(session),
        "uuid": uuids.uuid4(),
    }
    return render(request, "attendance/scanned.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_own(request, code):
    """Somebody's own code: to their row where they are registered today; else the way to walk in."""
    at = timezone.now()
    if not roles.may_teach(request.user):
        return _tells_nothing(request, 403 if request.method == "POST" else 200)
    today = _today(request.user, at)
    if not today:
        return _tells_nothing(request, 403 if request.method == "POST" else 200)
    if lacks_second_step(request.user):
        return to_second_step(request)
    person = own_code.person_of(code)
    if person is None:
        return render(request, "attendance/own_code.html", {"expired": True}, status=404)
    if request.method == "POST":
        return _walk_in(request, person, today, code, at)
    rows = Registration.objects.of(person).coming().filter(workshop__in=[one.pk for one, _session in today])
    rows = list(rows.select_related("workshop"))
    if len(rows) == 1:
        return redirect("check_in_person", rows[0].uuid)
    context = {"person": person, "rows": rows, "today": today, "uuid": uuids.uuid4()}
    return render(request, "attendance/own_code.html", context)


def _today(user, at):
    """[(workshop, its session now)] that this log-in runs today."""
    day = timezone.localdate(at)
    begins = sittings.midnight(day)
    found = (
        Workshop.objects.taught_by(user)
        .exclude(state__in=[WorkshopState.CLOSED, WorkshopState.CANCELLED])
        .filter(sessions__starts_at__gte=begins, sessions__starts_at__lt=sittings.midnight(day, 1))
        .distinct()
        .prefetch_related("sessions")
    )
    return [(one, sittings.current(one.sessions.all(), at)) for one in found]


def _walk_in(request, person, today, code, at):
    for workshop, session in today:
        if str(workshop.uuid) == request.POST.get("workshop"):
            session.workshop = workshop
            try:
                registration = walking_in.enter(
                    workshop,
                    session,
                    uuid=uuid_of_form(request.POST),
                    person=person,
                    method=AttendanceMethod.SCAN,
                    actor=request.user,
                    at=at,
                )
            except marking.MarkRefused as refused:
                messages.warning(request, MARK_REFUSED[refused.code])
                return redirect("check_in_own", code)
            return redirect("check_in_person", registration.uuid)
    raise Http404
