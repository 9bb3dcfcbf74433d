"""What whoever runs the workshop says about who is in the room: marks, undo, the room, the next session."""

import uuid as uuids

from django.db import transaction

from courses.attendance import sittings
from courses.attendance.models import ATTENDED, Attendance, AttendanceEvent
from courses.attendance.signing_in import SignIn, keep, write
from courses.audit import log
from courses.choices import AttendanceMark, AttendanceMethod, Presence, RegistrationState, WorkshopState
from courses.workshops.models import Registration, Workshop

UNDO = "undo"


class MarkRefused(Exception):
    """Nothing was recorded. `code`: "closed", "not_registered", "reason" (say why, to change what is
    there) or "future" (the session's day has not come)."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def check_open(workshop):
    """Raises MarkRefused where the workshop's record is closed by now, whatever a page read before."""
    closed = (WorkshopState.CLOSED, WorkshopState.CANCELLED)
    if Workshop.objects.filter(pk=workshop.pk, state__in=closed).exists():
        raise MarkRefused("closed")


@transaction.atomic
def mark(
    registration,
    session,
    mark,
    *,
    uuid,
    method=AttendanceMethod.NAME,
    arrived_at=None,
    reason="",
    correct=False,
    actor,
    at,
):
    """Write down where somebody is, as one tap says. Returns signing_in.Kept.

    What takes back what is on record is a correction: `correct`, with a reason. A wall sign-in that is
    said to be here is the room confirmed for one. Raises MarkRefused, WrongWorkshop.
    """
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    check_open(session.workshop)
    if registration.state != RegistrationState.REGISTERED:
        raise MarkRefused("not_registered")
    if at < sittings.day_of(session):
        raise MarkRefused("future")
    found = Attendance.objects.filter(registration=registration, session=session).first()
    when = arrived_at or sittings.arrival(session, mark, at)
    if correct:
        if not reason:
            raise MarkRefused("reason")
        if arrived_at is None and found is not None and found.arrived_at:
            when = found.arrived_at
    elif found is not None and found.presence == Presence.UNCONFIRMED:
        if mark == AttendanceMark.PRESENT:
            method, when = AttendanceMethod.ROOM, found.arrived_at
        # Not in the room: a photograph of the code went round.
        correct = mark == AttendanceMark.ABSENT
    elif found is not None and _takes_back(found, mark, registration, session):
        raise MarkRefused("reason")
    sign_in = SignIn(uuid, registration, session, mark, method, when, at, "", correct, reason)
    kept = keep(sign_in, author=str(actor), at=at)
    if correct and kept.is_new:
        # Every row has its author; what changes the record is in the audit log too, and in its digest.
        facts = {"session": session.pk, "mark": str(mark), "reason": reason}
        log.record("attendance corrected", registration, actor=actor, at=at, **facts)
    return kept


def _takes_back(found, mark, registration, session):
    """Whether a plain mark would be outweighed by what is there: then it must be a correction."""
    if found.presence != mark and found.is_attended:
        return True
    return found.presence != mark and _live(registration, session).filter(correction=True).exists()


def _live(registration, session):
    """The rows that were not undone."""
    return AttendanceEvent.objects.live().filter(registration=registration, session=session)


@transaction.atomic
def undo(event, *, actor, at):
    """Take one row of the log back, by a row of its own. Again: nothing is new. Raises MarkRefused."""
    # The registration's row is the lock, as of every mark: closing waits for it, or it for the closing.
    Registration.objects.select_for_update(of=("self",)).get(pk=event.registration_id)
    check_open(event.session.workshop)
    sign_in = SignIn(
        uuids.uuid5(event.uuid, UNDO),
        event.registration,
        event.session,
        AttendanceMark.UNDO,
        event.method,
        at,
        at,
        cancels=event,
    )
    kept = write(sign_in, author=str(actor), at=at)
    if kept.is_new:
        facts = {"session": event.session_id, "mark": str(event.mark)}
        log.record("attendance mark taken back", event.registration, actor=actor, at=at, **facts)
    return kept


@transaction.atomic
def confirm_room(session, registrations, *, actor, at):
    """Say that these people, who signed in by the wall code, are in the room. How many that confirmed.

    The others stay unconfirmed, and so does who signs in afterwards.
    """
    list(
        Registration.objects.select_for_update()
        # By the same order everywhere: two who confirm at once wait for one another, and not for ever.
        .filter(pk__in=registrations, workshop=session.workshop_id)
        .order_by("pk")
        .values_list("pk")
    )
    check_open(session.workshop)
    waiting = (
        Attendance.objects.filter(
            session=session, presence=Presence.UNCONFIRMED, registration__in=registrations
        )
        .select_related("registration")
        .order_by("registration_id")
    )
    done = 0
    for one in waiting:
        # Named after the session: two devices that confirm at once write one row for each person.
        name = uuids.uuid5(one.registration.uuid, f"room:{session.pk}:{one.arrived_at.isoformat()}")
        kept = keep(
            SignIn(
                name,
                one.registration,
                session,
                AttendanceMark.PRESENT,
                AttendanceMethod.ROOM,
                one.arrived_at,
                at,
            ),
            author=str(actor),
            at=at,
        )
        done += kept.is_new
    if done:
        log.record("room confirmed", session.workshop, actor=actor, at=at, session=session.pk, people=done)
    return done


@transaction.atomic
def copy_session(session, *, actor, at):
    """Mark everybody as here who was here in the session before, and has no mark yet. How many.

    Raises MarkRefused where the day has not come. Copied twice, nothing is new.
    """
    # Two who copy at once come one after the other.
    workshop = Workshop.objects.select_for_update().get(pk=session.workshop_id)
    check_open(workshop)
    if at < sittings.day_of(session):
        raise MarkRefused("future")
    earlier = sittings.before(session, list(workshop.sessions.all()))
    if earlier is None:
        return 0
    marked = AttendanceEvent.objects.live().filter(session=session).values("registration_id")
    here = (
        Registration.objects.coming()
        .filter(attendances__session=earlier, attendances__presence__in=ATTENDED)
        .exclude(pk__in=marked)
        .order_by("pk")
    )
    done = 0
    for registration in here:
        name = uuids.uuid5(registration.uuid, f"copy:{session.pk}")
        sign_in = SignIn(
            name,
            registration,
            session,
            AttendanceMark.PRESENT,
            AttendanceMethod.COPY,
            session.starts_at,
            at,
        )
        done += write(sign_in, author=str(actor), at=at).is_new
    if done:
        log.record("session copied", workshop, actor=actor, at=at, session=session.pk, people=done)
    return done
