"""The end of a workshop: its record is complete. And, rarely, its beginning again."""

import uuid as uuids

from django.db import transaction

from courses.attendance import sittings
from courses.attendance.models import Attendance
from courses.attendance.signing_in import SignIn, keep
from courses.audit import log
from courses.choices import AttendanceMark, AttendanceMethod, Presence, WorkshopState
from courses.people import roles
from courses.signals import workshop_closing
from courses.workshops.models import Registration, Workshop

CLOSABLE = [WorkshopState.PLANNED, WorkshopState.OPEN]


class CloseRefused(Exception):
    """`code`: "state" (not one that is being held), "unconfirmed" (wall sign-ins wait for the room),
    "not_over" (a session has not ended), "reason" or "not_yours"."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def unconfirmed(workshop):
    """Sign-ins by the wall code for which the room was not confirmed."""
    return Attendance.objects.filter(session__workshop=workshop, presence=Presence.UNCONFIRMED)


@transaction.atomic
def close(workshop, *, unconfirmed_too=False, actor, at):
    """Close a workshop: whoever comes and has no mark in a session was not there. How many such rows.

    What is unconfirmed stays so and does not count; `unconfirmed_too` says that this is meant. Tests that
    were begun end here. Raises CloseRefused.
    """
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if workshop.state not in CLOSABLE:
        raise CloseRefused("state")
    sessions = list(workshop.sessions.all())
    if any(not sittings.is_over(session, at) for session in sessions):
        raise CloseRefused("not_over")
    # Who signs somebody in or begins a test at this moment holds their row: first that, then the end.
    list(Registration.objects.select_for_update().filter(workshop=workshop).order_by("pk").values_list("pk"))
    left = unconfirmed(workshop).count()
    if left and not unconfirmed_too:
        raise CloseRefused("unconfirmed")
    absent = _mark_the_rest(workshop, sessions, actor=actor, at=at)
    workshop_closing.send(sender=Workshop, workshop=workshop, actor=actor, at=at)
    workshop.state, workshop.closed_at = WorkshopState.CLOSED, at
    workshop.save(update_fields=["state", "closed_at"])
    log.record("workshop closed", workshop, actor=actor, at=at, not_here=absent, unconfirmed=left)
    return absent


def _mark_the_rest(workshop, sessions, *, actor, at):
    coming = list(Registration.objects.coming().filter(workshop=workshop).order_by("pk"))
    marked = set(
        Attendance.objects.filter(session__workshop=workshop).values_list("registration_id", "session_id")
    )
    rest = [(one, session) for one in coming for session in sessions if (one.pk, session.pk) not in marked]
    for registration, session in rest:
        name = uuids.uuid5(registration.uuid, f"closed:{session.pk}")
        row = SignIn(
            name, registration, session, AttendanceMark.ABSENT, AttendanceMethod.ROOM, session.ends_at, at
        )
        keep(row, author=str(actor), at=at)
    return len(rest)


@transaction.atomic
def reopen(workshop, reason, *, actor, at):
    """Let the record of a closed workshop be corrected. The focal point alone, with a reason.

    Raises CloseRefused.
    """
    if not roles.may_run_every_workshop(actor):
        raise CloseRefused("not_yours")
    if not reason.strip():
        raise CloseRefused("reason")
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if not workshop.is_closed:
        raise CloseRefused("state")
    workshop.state, workshop.closed_at = WorkshopState.OPEN, None
    workshop.save(update_fields=["state", "closed_at"])
    log.record("workshop reopened", workshop, actor=actor, at=at, reason=reason)
