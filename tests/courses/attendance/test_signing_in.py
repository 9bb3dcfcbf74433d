import uuid

import pytest
from django.utils import timezone

from courses.attendance.models import AttendanceEvent
from courses.attendance.signing_in import SignIn, UuidUsed, WrongWorkshop, write
from courses.choices import AttendanceMark, AttendanceMethod, Presence
from tests.factories import make_attendance, make_registration, make_workshop

pytestmark = pytest.mark.django_db


def test_sent_again_nothing_is_new():
    registration = make_registration()
    session = registration.workshop.sessions.first()
    sign_in = SignIn(
        uuid.uuid4(), registration, session, AttendanceMark.PRESENT, AttendanceMethod.SCAN, session.starts_at
    )

    first = write(sign_in, author="A", at=timezone.now())
    again = write(sign_in, author="A", at=timezone.now())

    assert (first.is_new, again.is_new) == (True, False)
    assert again.attendance == first.attendance
    assert AttendanceEvent.objects.count() == 1
    with pytest.raises(UuidUsed):
        write(sign_in._replace(session=registration.workshop.sessions.last()), author="A", at=timezone.now())


def test_a_transfer_rewrites_no_attendance(police, hospital, constable):
    registration = make_registration(person=constable.person)
    attendance = make_attendance(registration)
    constable.person.agency = hospital
    constable.person.save()

    corrected = make_attendance(registration, mark=AttendanceMark.ABSENT, correction=True, reason="Left")

    assert corrected.pk == attendance.pk
    assert (corrected.presence, corrected.agency) == (Presence.ABSENT, police)


def test_a_session_of_another_workshop_is_refused():
    registration = make_registration()

    with pytest.raises(WrongWorkshop):
        make_attendance(registration, make_workshop().sessions.first())

    assert not AttendanceEvent.objects.exists()
