"""The one door of the attendance log: keep rows, and write down what they add up to."""

import uuid as uuids
from collections import namedtuple
from datetime import timedelta

from django.db import transaction

from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.reconciling import Row, reconcile
from courses.choices import AttendanceMark
from courses.people.models import Person
from courses.workshops.models import Registration, Session

# What a device asks to keep. `uuid` is its own; `at` when the person was there; `place` what of PlaceAsWas is
# known to have been otherwise then than it is in the record now.
SignIn = namedtuple(
    "SignIn",
    "uuid registration session mark method at client_at device correction reason cancels place",
    defaults=(None, "", False, "", None, None),
)
Kept = namedtuple("Kept", "event is_new attendance")


class WrongWorkshop(Exception):
    """The registration and the session are of different workshops."""


class UuidUsed(Exception):
    """The UUID was used for another row."""


@transaction.atomic
def write(sign_in, *, author, at):
    """Keep one row and bring the attendance up to date. Returns Kept; sent again, nothing is new.

    `author` is a name; `at` the server's clock. Raises WrongWorkshop, UuidUsed.
    """
    # The registration's row is the lock: two devices come one after the other.
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=sign_in.registration.pk)
    session = Session.objects.select_related("workshop").get(pk=sign_in.session.pk)
    if session.workshop_id != registration.workshop_id:
        raise WrongWorkshop
    known = AttendanceEvent.objects.filter(uuid=sign_in.uuid).first()
    if known is not None:
        if (known.registration_id, known.session_id) != (registration.pk, session.pk):
            raise UuidUsed
        return Kept(known, False, _attendance(registration, session))
    event = AttendanceEvent.objects.create(
        uuid=sign_in.uuid,
        registration=registration,
        session=session,
        mark=sign_in.mark,
        method=sign_in.method,
        correction=sign_in.correction,
        cancels=sign_in.cancels,
        reason=sign_in.reason,
        effective_at=sign_in.at,
        client_at=sign_in.client_at,
        received_at=at,
        device=sign_in.device,
        author=author,
    )
    return Kept(event, True, _bring_up_to_date(registration, session, sign_in.place or {}))


def keep(sign_in, *, author, at):
    """Keep what a form of ours posts. The same form, posted again after an undo or for another row, is new:
    its page was left open."""
    try:
        kept = write(sign_in, author=author, at=at)
    except UuidUsed:
        return write(sign_in._replace(uuid=uuids.uuid4()), author=author, at=at)
    if not kept.is_new and kept.event.cancelled_by.exists():
        return write(sign_in._replace(uuid=uuids.uuid4()), author=author, at=at)
    return kept


def _attendance(registration, session):
    return Attendance.objects.filter(registration=registration, session=session).first()


def _bring_up_to_date(registration, session, place):
    events = AttendanceEvent.objects.filter(registration=registration, session=session).order_by("id")
    rows = [
        Row(event.pk, event.mark, event.method, event.effective_at, event.correction, event.cancels_id)
        for event in events
    ]
    late_after = session.starts_at + timedelta(minutes=session.workshop.grace_minutes)
    presence, arrived_at = reconcile(rows, late_after=late_after)
    found = _attendance(registration, session)
    if found is None:
        if presence is None:
            return None
        person = Person.objects.with_place().get(pk=registration.person_id)
        return Attendance.objects.create(
            registration=registration,
            session=session,
            presence=presence,
            arrived_at=arrived_at,
            **{"agency": person.agency, **person.as_now(), **place},
        )
    # Everything undone: the row stays, and says that nobody was there.
    found.presence, found.arrived_at = presence or AttendanceMark.ABSENT, arrived_at
    found.save(update_fields=["presence", "arrived_at"])
    return found
