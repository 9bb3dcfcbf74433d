"""Who comes to a workshop: registering, the waiting list, cancelling, and the rows of the sheet."""

from django.db import transaction
from django.db.models import Max

from courses.audit import log
from courses.choices import Presence, RegistrationState, RegistrationWay
from courses.people import roles
from courses.people.names import plain_key, surname_first
from courses.workshops import telling
from courses.workshops.models import Registration, Workshop

# Who stood in the room was told nothing beforehand, and needs no mail about it.
UNTOLD = (RegistrationWay.WALK_IN, RegistrationWay.REGISTER)


class RegistrationRefused(Exception):
    """The workshop does not take this person now.

    `code` is "closed", "over" (it has begun its last session), "invited" (it is for other agencies),
    "person" (not approved, or left), "self" (only the office registers) or "here" (they have signed in, so
    the registration stays).
    """

    def __init__(self, code):
        self.code = code
        super().__init__(code)


@transaction.atomic
def register(workshop, person, *, way, actor, at, walk_in_row=None):
    """Give a person a place, or one on the waiting list where all are taken. Again: what there is.

    A cancelled registration comes back at the end of the queue, with its row. Walk-ins always have a
    place: they are in the room. A free place goes to who waits before it goes to who comes later; the
    office decides otherwise by registering somebody itself. `walk_in_row`: where a walk-in stands on a sheet
    already signed, if that row is free. Raises RegistrationRefused.
    """
    # The workshop's row is the lock: two for the last place come one after the other.
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    person = person.counts_as
    found = Registration.objects.of(person).filter(workshop=workshop).live_first().first()
    if found is not None and found.state != RegistrationState.CANCELLED:
        if found.state == RegistrationState.WAITING and way == RegistrationWay.WALK_IN:
            found.way = way
            _give_walk_in_row(found, workshop, walk_in_row)
            return _come(found, RegistrationState.REGISTERED, actor=actor, at=at)
        return found
    _check(workshop, person, way, at)
    state = RegistrationState.WAITING if _has_to_wait(workshop, way) else RegistrationState.REGISTERED
    if found is not None:
        found.way = way
        if way == RegistrationWay.WALK_IN:
            _give_walk_in_row(found, workshop, walk_in_row)
        return _come(found, state, actor=actor, at=at)
    registration = Registration.objects.create(
        workshop=workshop,
        person=person,
        state=state,
        way=way,
        walk_in_row=_walk_in_row(workshop, walk_in_row) if way == RegistrationWay.WALK_IN else None,
        at=at,
        by=str(actor or log.SYSTEM),
    )
    _write_down(registration, actor=actor, at=at)
    return registration


def refusal(workshop, person, way, at):
    """Why this person would not be registered in this way, as a code of RegistrationRefused, or ""."""
    if way not in (RegistrationWay.SELF, RegistrationWay.SUPERVISOR):
        return ""
    if not workshop.is_open:
        return "closed"
    last = workshop.sessions.aggregate(last=Max("starts_at"))["last"]
    if last is not None and last <= at:
        return "over"
    if not roles.may_take_final(person):
        return "person"
    if not workshop.invites(person.agency_id):
        return "invited"
    if way == RegistrationWay.SELF and not workshop.self_registration:
        return "self"
    return ""


def _check(workshop, person, way, at):
    code = refusal(workshop, person, way, at)
    if code:
        raise RegistrationRefused(code)


def _has_to_wait(workshop, way):
    if workshop.capacity is None or way in UNTOLD:
        return False
    registrations = Registration.objects.filter(workshop=workshop)
    if registrations.coming().count() >= workshop.capacity:
        return True
    return way != RegistrationWay.OFFICE and registrations.waiting().exists()


def _come(registration, state, *, actor, at):
    registration.state, registration.at, registration.cancelled_at = state, at, None
    registration.save(update_fields=["state", "way", "at", "cancelled_at", "walk_in_row"])
    _write_down(registration, actor=actor, at=at)
    return registration


def _write_down(registration, *, actor, at):
    log.record(
        "registered",
        registration,
        actor=actor,
        at=at,
        workshop=registration.workshop_id,
        way=registration.way,
        state=registration.state,
    )
    if registration.way not in UNTOLD:
        telling.tell_where_it_stands(registration, at=at)


def _give_walk_in_row(registration, workshop, wanted):
    if registration.row is None and registration.walk_in_row is None:
        registration.walk_in_row = _walk_in_row(workshop, wanted)


def _walk_in_row(workshop, wanted):
    """The row asked for, where nobody stands; else the next one."""
    taken = Registration.objects.filter(workshop=workshop, walk_in_row=wanted)
    if wanted is None or taken.exists():
        return _next(workshop, "walk_in_row", "walk_ins_given")
    workshop.walk_ins_given = max(workshop.walk_ins_given, wanted)
    workshop.save(update_fields=["walk_ins_given"])
    return wanted


def _next(workshop, field, counter):
    """The next number of a kind of row; called with the workshop locked."""
    last = Registration.objects.filter(workshop=workshop).aggregate(last=Max(field))["last"] or 0
    number = max(last, getattr(workshop, counter)) + 1
    setattr(workshop, counter, number)
    workshop.save(update_fields=[counter])
    return number


@transaction.atomic
def give_rows(workshop):
    """Number everybody who comes and has no row yet, in the order of the sheet. Numbers given stay."""
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    without = Registration.objects.coming().filter(workshop=workshop, row=None, walk_in_row=None)
    new = sorted(without.select_related("person"), key=lambda one: sheet_order(one.person))
    if not new:
        return
    first = _next(workshop, "row", "rows_given")
    for row, registration in enumerate(new, first):
        registration.row = row
    Registration.objects.bulk_update(new, ["row"])
    workshop.rows_given = first + len(new) - 1
    workshop.save(update_fields=["rows_given"])


def sheet_order(person):
    """By surname, as people look for themselves on a sheet: É stands with E."""
    return plain_key(surname_first(person.full_name)), person.pk


@transaction.atomic
def promote(registration, *, actor, at):
    """Give somebody who waits a place. Whether it changed anything; the capacity does not stop it."""
    Workshop.objects.select_for_update().get(pk=registration.workshop_id)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.state != RegistrationState.WAITING:
        return False
    registration.state = RegistrationState.REGISTERED
    registration.save(update_fields=["state"])
    log.record(
        "promoted from the waiting list", registration, actor=actor, at=at, workshop=registration.workshop_id
    )
    telling.tell_where_it_stands(registration, at=at, promoted=True)
    return True


@transaction.atomic
def cancel(registration, *, actor, at):
    """Take back a registration. Its row is not given to anybody else. Whether it changed anything.

    Raises RegistrationRefused: who has signed in to a session was there, and stays on the list.
    """
    Workshop.objects.select_for_update().get(pk=registration.workshop_id)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.state == RegistrationState.CANCELLED:
        return False
    if registration.attendances.exclude(presence=Presence.ABSENT).exists():
        raise RegistrationRefused("here")
    had_place = registration.state == RegistrationState.REGISTERED
    registration.state, registration.cancelled_at = RegistrationState.CANCELLED, at
    registration.save(update_fields=["state", "cancelled_at"])
    log.record("registration cancelled", registration, actor=actor, at=at, workshop=registration.workshop_id)
    telling.tell_where_it_stands(registration, at=at, had_place=had_place)
    return True
