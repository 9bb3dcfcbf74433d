"""The trainee's own way in: the code on the wall."""

from collections import namedtuple

from django.db import transaction

from courses.attendance import sittings
from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.signing_in import SignIn, keep
from courses.choices import (
    AttendanceMark,
    AttendanceMethod,
    Presence,
    RegistrationState,
    RegistrationWay,
    WorkshopState,
)
from courses.workshops import registering
from courses.workshops.models import Registration, Session, Workshop

# What is read aloud or copied from a wall: letters that no code has, for digits that look like them.
ALIKE = str.maketrans("OIL", "011")
READY, SIGNED_IN = "ready", "signed_in"
EARLY, OVER, STRANGER, SENT_AWAY = "early", "over", "stranger", "sent_away"

# `state`: READY (may sign in), SIGNED_IN, or why not: EARLY, OVER, STRANGER (not registered; `may_walk_in`),
# SENT_AWAY (the facilitator has said: not here).
Standing = namedtuple("Standing", "state registration attendance may_walk_in", defaults=(None, None, False))


class SignInRefused(Exception):
    """Nothing was recorded; `standing` says why."""

    def __init__(self, standing):
        self.standing = standing
        super().__init__(standing.state)


def clean_code(text):
    """What somebody typed or scanned, as wall codes are kept; "" if it cannot be one."""
    code = "".join(character for character in text.upper() if character.isascii() and character.isalnum())
    return code if 0 < len(code) <= 8 else ""


def session_of(code):
    """The session whose wall code this is, with its workshop, or None. Planned and held ones alone."""
    code = clean_code(code)
    if not code:
        return None
    found = Session.objects.filter(wall_code__in={code, code.translate(ALIKE)})
    return found.exclude(workshop__state=WorkshopState.CANCELLED).select_related("workshop").first()


def standing(session, person, *, at):
    """Where this person stands at this session."""
    mine = Registration.objects.of(person.counts_as).filter(workshop=session.workshop)
    registration = mine.live_first().first()
    comes = registration is not None and registration.state == RegistrationState.REGISTERED
    found = Attendance.objects.filter(registration=registration, session=session).first() if comes else None
    if found is not None and found.presence != Presence.ABSENT:
        return Standing(SIGNED_IN, registration, found)
    if session.workshop.is_closed or sittings.is_over(session, at):
        return Standing(OVER, registration)
    if sittings.is_too_early(session, at):
        return Standing(EARLY, registration)
    if not comes:
        return Standing(STRANGER, registration, may_walk_in=_may_walk_in(session.workshop, person))
    if found is not None and _was_said(registration, session):
        return Standing(SENT_AWAY, registration, found)
    return Standing(READY, registration, found)


def _may_walk_in(workshop, person):
    """Whether somebody may register at the wall: only where people register themselves, and are invited."""
    if not (workshop.is_open and workshop.self_registration):
        return False
    invited = {agency.pk for agency in workshop.agencies.all()}
    return not invited or person.counts_as.agency_id in invited


def _was_said(registration, session):
    """Whether a facilitator corrected the record: a sign-in would change nothing."""
    rows = AttendanceEvent.objects.filter(registration=registration, session=session, correction=True)
    return rows.filter(cancelled_by=None).exists()


def _fresh(session):
    return Session.objects.select_related("workshop").get(pk=session.pk)


@transaction.atomic
def sign_in(session, person, *, uuid, client_at=None, arrived_at=None, walk_in=False, actor, at):
    """Sign this person in by the wall code; with `walk_in`, register them first. Returns the Standing.

    It is unconfirmed until the room is. The time is the server's: a page may have been open for long.
    `arrived_at`: of a sign-in that waited on their device, as far as the device is believed.
    Raises SignInRefused.
    """
    when = arrived_at or at
    # The workshop's row before anybody's registration, as everywhere; then closing waits for this, or this
    # for the closing, whatever the page read before.
    if walk_in:
        Workshop.objects.select_for_update().get(pk=session.workshop_id)
    now = standing(_fresh(session), person, at=when)
    if now.state == STRANGER and walk_in and now.may_walk_in:
        registration = registering.register(
            session.workshop, person, way=RegistrationWay.WALK_IN, actor=actor, at=at
        )
        now = Standing(READY, registration)
    elif now.state == READY:
        Registration.objects.select_for_update(of=("self",)).get(pk=now.registration.pk)
        now = standing(_fresh(session), person, at=when)
    if now.state == SIGNED_IN:
        return now
    if now.state != READY:
        raise SignInRefused(now)
    row = SignIn(
        uuid, now.registration, session, AttendanceMark.PRESENT, AttendanceMethod.WALL, when, client_at
    )
    kept = keep(row, author=str(actor), at=at)
    return Standing(SIGNED_IN, now.registration, kept.attendance)
