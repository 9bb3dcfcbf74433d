"""Who comes without being registered: entered at the door, signed in at once. Nothing merges by itself."""

import uuid as uuids

from django.db import IntegrityError, transaction
from django.db.models import Q

from courses.attendance import marking
from courses.audit import log
from courses.choices import Approval, AttendanceMark, AttendanceMethod, RegistrationWay
from courses.people.models import Agency, Person
from courses.people.names import loose_key
from courses.people.noting import add_note
from courses.workshops import registering
from courses.workshops.models import Workshop

MOST_LIKELY = 5


def likely(*, agency, phone, service_number):
    """People already known by this telephone, or by this service number in this agency. A human decides."""
    wanted = Q()
    if phone:
        wanted |= Q(phone=phone)
    if service_number and agency is not None:
        wanted |= Q(agency=agency, service_number__iexact=service_number)
    if not wanted:
        return []
    found = Person.objects.filter(wanted).select_related("agency", "merged_into__agency").order_by("pk")
    return list({one.counts_as.pk: one.counts_as for one in found[: 2 * MOST_LIKELY]}.values())[:MOST_LIKELY]


def agency_called(text):
    """The agency of this name or short name, capitals and accents aside, or None."""
    wanted = loose_key(text)
    if not wanted:
        return None
    for agency in Agency.objects.filter(retired=False):
        if wanted in (loose_key(agency.name), loose_key(agency.short_name)):
            return agency
    return None


def person_name(uuid):
    """The name of the person whom the walk-in form called `uuid` enters."""
    return uuids.uuid5(uuid, "person")


def sign_in_name(uuid):
    """The name of the sign-in that the walk-in called `uuid` writes."""
    return uuids.uuid5(uuid, "sign-in")


@transaction.atomic
def enter(
    workshop,
    session,
    *,
    uuid,
    full_name="",
    agency=None,
    agency_text="",
    phone="",
    service_number="",
    person=None,
    row=None,
    mark=AttendanceMark.PRESENT,
    method=AttendanceMethod.NAME,
    arrived_at=None,
    actor,
    at,
):
    """Register somebody who walked in, and sign them in to `session`. Returns the registration.

    `person`: somebody already known; else a new one is entered, without a log-in. `uuid` names this walk-in:
    sent again, nobody is entered twice. Raises marking.MarkRefused.
    """
    # The workshop's row is the lock: the same form sent twice at once comes one after the other.
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    marking.check_open(workshop)
    name = person_name(uuid)
    if person is None:
        person = Person.objects.filter(uuid=name).first()
    if person is None:
        person = _new_person(name, full_name, agency, phone, service_number, actor=actor, at=at)
        if agency is None and agency_text:
            add_note(person, f"{agency_text} (agency as written at the door)"[:1000], actor=actor, at=at)
    registration = registering.register(
        workshop, person, way=RegistrationWay.WALK_IN, actor=actor, at=at, walk_in_row=row
    )
    if session is not None:
        marking.mark(
            registration,
            session,
            mark,
            uuid=sign_in_name(uuid),
            method=method,
            arrived_at=arrived_at,
            actor=actor,
            at=at,
        )
    return registration


def _new_person(name, full_name, agency, phone, service_number, *, actor, at):
    """Somebody seen in the room by whoever runs it: approved, since no log-in opens by it."""
    person = Person(
        uuid=name,
        full_name=full_name,
        agency=agency,
        phone=phone,
        service_number=service_number,
        approval=Approval.APPROVED,
    )
    taken = False
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        if not service_number:
            raise
        # Of somebody else in the agency, as it was said: who is right is looked at later.
        taken, person.service_number = True, ""
        person.save()
    log.record(
        "walked in",
        person,
        actor=actor,
        at=at,
        service_number_taken=taken,
        check_later=not (person.phone or person.service_number),
    )
    return person
