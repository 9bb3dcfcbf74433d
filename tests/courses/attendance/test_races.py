"""Two devices at the same moment: nothing is lost, nothing is there twice."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.attendance import closing, marking, walking_in, wall
from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.signing_in import SignIn, write
from courses.choices import AttendanceMark, AttendanceMethod, Presence
from courses.people.models import Person
from courses.workshops.models import Registration
from tests.at_once import at_once
from tests.courses.attendance.door import make_running, move, sign_in_by_wall
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = 6


def test_devices_that_find_the_same_person_agree_on_the_earliest(constable):
    registration = make_running(constable.person).registrations.get()
    session, same = registration.workshop.sessions.first(), uuid.uuid4()

    def find(n):
        name = same if n % 2 else uuid.uuid4()
        at = session.starts_at + timedelta(minutes=1 if n % 2 else n)
        row = SignIn(name, registration, session, AttendanceMark.PRESENT, AttendanceMethod.SCAN, at)
        return write(row, author=f"Device {n}", at=timezone.now()).is_new

    kept = at_once(find, DEVICES)

    assert sum(kept) == AttendanceEvent.objects.count() == DEVICES // 2 + 1
    assert Attendance.objects.get().arrived_at == session.starts_at


def test_one_form_sent_by_many_fingers_enters_one_person():
    workshop, name = make_running(), uuid.uuid4()
    session = workshop.sessions.first()

    def enter(_n):
        return walking_in.enter(
            workshop, session, uuid=name, full_name="Marva Louis", actor=None, at=timezone.now()
        ).pk

    assert len(set(at_once(enter, DEVICES))) == 1
    counts = [model.objects.count() for model in (Person, Registration, Attendance, AttendanceEvent)]
    assert counts == [1, 1, 1, 1]


def test_walk_ins_at_the_wall_each_get_a_row_of_their_own():
    session = make_running().sessions.select_related("workshop").first()
    people = [make_person() for _ in range(DEVICES)]

    def come(n):
        return wall.sign_in(
            session, people[n], uuid=uuid.uuid4(), walk_in=True, actor=None, at=timezone.now()
        ).registration.label

    assert sorted(at_once(come, DEVICES)) == [f"W{n}" for n in range(1, DEVICES + 1)]


def test_the_room_is_confirmed_and_copied_and_closed_once():
    workshop = make_running(*(make_person() for _ in range(4)))
    morning, afternoon = workshop.sessions.select_related("workshop")
    registrations = list(workshop.registrations.all())
    for one in registrations:
        sign_in_by_wall(one, morning)
    now = timezone.now()

    confirmed = at_once(
        lambda _n: marking.confirm_room(morning, [one.pk for one in registrations], actor=None, at=now), 2
    )
    copied = at_once(lambda _n: marking.copy_session(afternoon, actor=None, at=now), 2)
    move(workshop, days=-1)

    def close(_n):
        try:
            return closing.close(workshop, actor=None, at=now)
        except closing.CloseRefused as refused:
            return refused.code

    assert (sum(confirmed), sum(copied)) == (4, 4)
    assert sorted(map(str, at_once(close, 2))) == ["0", "state"]
    assert set(Attendance.objects.values_list("presence", flat=True)) == {Presence.PRESENT}
    assert AttendanceEvent.objects.count() == 12
