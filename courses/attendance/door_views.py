"""At the door, for whoever runs the workshop: the list, one person's log, the room, the next session."""

import uuid as uuids
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from courses.arriving import uuid_of_form
from courses.attendance import listing, marking, sittings
from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.wording import MARK_REFUSED
from courses.choices import AttendanceMark
from courses.people.careful import CarefulForm, FreeTextField
from courses.workshops.guard import runs_workshop
from courses.workshops.models import Registration

ROWS_A_PAGE = 100
FILTERS = [
    (listing.ALL, gettext_lazy("Everybody")),
    (listing.MISSING, gettext_lazy("Missing")),
    (listing.UNCONFIRMED, gettext_lazy("Not confirmed")),
    (listing.LATE, gettext_lazy("Late")),
    (listing.HERE, gettext_lazy("Here")),
]
TAPS = {AttendanceMark.PRESENT.value, AttendanceMark.LATE.value, AttendanceMark.ABSENT.value}


def chosen_session(request, at):
    """(the session of the address, else the one going on, all of them); (None, []) where none is planned.

    A form that names a session which is not there, or of another workshop, is not taken for another one.
    """
    sessions = list(request.workshop.sessions.all())
    for one in sessions:
        one.workshop = request.workshop
    posted = request.POST.get("session")
    for one in sessions:
        if str(one.pk) == (posted or request.GET.get("session")):
            return one, sessions
    if posted:
        raise Http404
    return sittings.current(sessions, at), sessions


def session_or_404(request, at):
    session, sessions = chosen_session(request, at)
    if session is None:
        raise Http404
    return session, sessions


def door_address(workshop, session, **query):
    return reverse("workshop_door", args=[workshop.uuid], query={"session": session.pk, **query})


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def door(request):
    at = timezone.now()
    session, sessions = chosen_session(request, at)
    if request.method == "POST" and session is not None:
        return _tapped(request, session, at)
    context = {"workshop": request.workshop, "session": session, "sessions": sessions}
    if session is not None:
        context |= _list(request, session, sessions, at)
    return render(request, "attendance/door.html", context)


def _list(request, session, sessions, at):
    rows = listing.rows_of(request.workshop, session)
    words, show = request.GET.get("q", "")[:100], request.GET.get("show", "")
    found = listing.narrowed(rows, words=words, show=show)
    totals = listing.totals(rows)
    earlier, done = sittings.before(session, sessions), _done(request)
    return {
        "totals": totals,
        "listing": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "show": show,
        "leaving": show == listing.LEAVING,
        "filters": FILTERS,
        "uuid": uuids.uuid4(),
        "done": done,
        # What the tap came to: "Here" after the grace is "Late".
        "done_stands": done
        and next((row.attendance for row in rows if row.registration == done.registration), None),
        "may_mark": not request.workshop.is_closed and at >= sittings.day_of(session),
        "earlier": earlier if totals.unmarked == totals.of and rows else None,
        "running": sittings.is_running(session, at),
    }


def _done(request):
    """What was tapped last, for its Undo; None once it was undone."""
    try:
        uuid = uuids.UUID(request.GET.get("done", ""))
    except ValueError:
        return None
    found = AttendanceEvent.objects.filter(
        uuid=uuid, registration__workshop=request.workshop, cancelled_by=None
    )
    return found.select_related("registration__person").first()


def _tapped(request, session, at):
    """One tap on the list: "present <registration>"; "left <registration>" where a session was copied."""
    tap, _space, name = request.POST.get("tap", "").partition(" ")
    registration = _registration(request, name)
    left = tap == "left"
    if not left and tap not in TAPS:
        raise Http404
    try:
        kept = marking.mark(
            registration,
            session,
            AttendanceMark.ABSENT if left else tap,
            uuid=uuids.uuid5(uuid_of_form(request.POST), f"{registration.pk} {session.pk} {tap}"),
            reason=_("Left before this session") if left else "",
            correct=left,
            actor=request.user,
            at=at,
        )
    except marking.MarkRefused as refused:
        messages.warning(request, f"{registration.person.full_name}: {MARK_REFUSED[refused.code]}")
        if refused.code == "reason":
            return redirect(person_address(registration, session))
        return redirect(request.get_full_path())
    query = request.GET.dict() | {"session": session.pk, "done": kept.event.uuid}
    # What was looked for was found: the next one is looked for from the beginning.
    query.pop("q", None)
    return redirect(reverse("workshop_door", args=[request.workshop.uuid], query=query) + "#done")


def person_address(registration, session):
    return reverse(
        "workshop_door_person",
        args=[registration.workshop.uuid, registration.uuid],
        query={"session": session.pk},
    )


def _registration(request, name):
    try:
        uuid = uuids.UUID(str(name))
    except ValueError:
        raise Http404 from None
    found = Registration.objects.filter(workshop=request.workshop).select_related("person__agency", "workshop")
    return get_object_or_404(found, uuid=uuid)


class CorrectionForm(CarefulForm):
    """An explicit word about somebody, which beats every sign-in."""

    mark = forms.ChoiceField(
        label=gettext_lazy("It should say"),
        choices=[choice for choice in AttendanceMark.choices if choice[0] in TAPS],
        widget=forms.RadioSelect,
    )
    arrived = forms.TimeField(
        label=gettext_lazy("Arrived at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Empty: as it is on record."),
    )
    reason = FreeTextField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Such as: was at the back of the room."),
    )

    def arrived_at(self, session):
        clock = self.cleaned_data["arrived"]
        return clock and sittings.day_of(session) + timedelta(hours=clock.hour, minutes=clock.minute)


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def door_person(request, registration):
    """One person at one session: the log, its undo, and a correction with its reason."""
    at = timezone.now()
    registration = _registration(request, registration)
    session, sessions = session_or_404(request, at)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            marking.mark(
                registration,
                session,
                form.cleaned_data["mark"],
                uuid=uuid_of_form(request.POST),
                arrived_at=form.arrived_at(session),
                reason=form.cleaned_data["reason"],
                correct=True,
                actor=request.user,
                at=at,
            )
        except marking.MarkRefused as refused:
            form.add_error(None, MARK_REFUSED[refused.code])
        else:
            messages.success(request, _("Corrected."))
            return redirect(person_address(registration, session))
    events = AttendanceEvent.objects.filter(registration=registration, session=session)
    context = {
        "workshop": request.workshop,
        "registration": registration,
        "session": session,
        "sessions": sessions,
        "attendance": Attendance.objects.filter(registration=registration, session=session).first(),
        "events": events.select_related("cancels").prefetch_related("cancelled_by"),
        "form": form,
        "uuid": uuids.uuid4(),
        "may_mark": not request.workshop.is_closed and at >= sittings.day_of(session),
    }
    return render(request, "attendance/person.html", context, status=422 if form.errors else 200)


@runs_workshop
@require_POST
def undo(request):
    """Take back one row of the log, from the banner or from the person's page."""
    events = AttendanceEvent.objects.filter(registration__workshop=request.workshop)
    events = events.exclude(mark=AttendanceMark.UNDO).select_related(
        "session__workshop", "registration__person", "registration__workshop"
    )
    try:
        uuid = uuids.UUID(request.POST.get("event", ""))
    except ValueError:
        raise Http404 from None
    event = get_object_or_404(events, uuid=uuid)
    try:
        marking.undo(event, actor=request.user, at=timezone.now())
    except marking.MarkRefused as refused:
        messages.warning(request, MARK_REFUSED[refused.code])
    else:
        messages.success(request, _("Taken back: %(name)s.") % {"name": event.registration.person.full_name})
    if "person" in request.POST:
        return redirect(person_address(event.registration, event.session))
    return redirect(door_address(request.workshop, event.session))


@runs_workshop
@require_http_methods(["GET", "HEAD", "POST"])
def room(request):
    """Who signed in by the wall code, all ticked: untick who is not in the room, and confirm."""
    at = timezone.now()
    session, _sessions = session_or_404(request, at)
    rows = listing.narrowed(listing.rows_of(request.workshop, session), show=listing.UNCONFIRMED)
    if request.method == "POST":
        ticked = set(request.POST.getlist("in_room"))
        chosen = [row.registration.pk for row in rows if str(row.registration.uuid) in ticked]
        try:
            n = marking.confirm_room(session, chosen, actor=request.user, at=at)
        except marking.MarkRefused as refused:
            messages.warning(request, MARK_REFUSED[refused.code])
        else:
            words = ngettext("%(n)d person confirmed.", "%(n)d people confirmed.", n) % {"n": n}
            messages.success(request, words)
        return redirect(door_address(request.workshop, session))
    context = {
        "workshop": request.workshop,
        "session": session,
        "rows": rows,
        "sent_later": listing.sent_later(session),
    }
    return render(request, "attendance/room.html", context)


@runs_workshop
@require_POST
def copy(request):
    """Mark everybody as here who was here in the session before; then mark who left."""
    at = timezone.now()
    session, _sessions = session_or_404(request, at)
    try:
        n = marking.copy_session(session, actor=request.user, at=at)
    except marking.MarkRefused as refused:
        messages.warning(request, MARK_REFUSED[refused.code])
        return redirect(door_address(request.workshop, session))
    copied = ngettext("%(n)d person copied.", "%(n)d people copied.", n) % {"n": n}
    messages.success(request, f"{copied} {_('Now mark who left.')}")
    return redirect(door_address(request.workshop, session, show=listing.LEAVING))
