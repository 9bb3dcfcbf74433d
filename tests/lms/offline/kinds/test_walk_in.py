import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.attendance import marking
from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import Presence, RegistrationWay, WorkshopState
from courses.people.models import Person
from courses.workshops.models import Registration
from lms.offline import syncing
from tests.at_once import at_once
from tests.courses.attendance.door import make_running
from tests.factories import make_person
from tests.lms.offline.sending import item, send, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator):
    return make_running(facilitators=[facilitator.person])


@pytest.fixture
def device(client_of, facilitator):
    client = client_of(facilitator)
    return lambda *items, **kwargs: send(client, facilitator, *items, **kwargs)


def walk_in(workshop, **kwargs):
    made = {
        "workshop": str(workshop.uuid),
        "session": workshop.sessions.first().pk,
        "full_name": "Walter Walker",
        "agency_text": "",
        "phone": "",
        "service_number": "",
    }
    return item("walk_in", **{**made, **kwargs})


def test_whoever_walked_in_is_entered_once(device, workshop, police):
    session = workshop.sessions.first()
    at = (session.starts_at + timedelta(seconds=20)).isoformat()
    one = walk_in(workshop, agency_text=police.name.upper(), phone="450 1234", service_number="S1", at=at)

    replies = device(one, one)

    assert statuses(replies) == [("accepted", ""), ("duplicate", "")]
    found = Registration.objects.get()
    assert replies[0]["words"] == "Row W1: registered and here."
    assert {reply["address"] for reply in replies} == {
        reverse("workshop_door_person", args=[workshop.uuid, found.uuid])
    }
    assert (found.way, found.person.agency, found.person.phone) == (
        RegistrationWay.WALK_IN, police, "+17584501234",
    )  # fmt: skip
    here = Attendance.objects.get()
    assert here.presence == Presence.PRESENT
    assert abs(here.arrived_at - session.starts_at) < timedelta(seconds=30)

    # Undone on line, closed, and sent once more: nothing is new.
    marking.undo(AttendanceEvent.objects.get(), actor=None, at=here.arrived_at)
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert statuses(device(one, walk_in(workshop))) == [("duplicate", ""), ("refused", "closed")]
    assert AttendanceEvent.objects.count() == 2
    assert Person.objects.filter(full_name="Walter Walker").count() == 1


def test_a_walk_in_is_marked_by_the_name_the_device_gave(device, workshop):
    one, session = walk_in(workshop), workshop.sessions.first().pk
    mark = {"registration": one["uuid"], "session": session, "method": "name"}
    undo = item("mark", mark="undo", cancels=one["uuid"], **mark)
    late = item("mark", mark="late", **mark)

    assert statuses(device(one, undo, late)) == [("accepted", "")] * 3

    assert Attendance.objects.get().presence == Presence.LATE
    assert Registration.objects.count() == 1
    other = make_running(facilitators=[make_person()], code="9XYZ")
    stranger = item("mark", mark="present", **{**mark, "session": other.sessions.first().pk})
    assert statuses(device(stranger)) == [("refused", "absent")]


def test_a_number_that_cannot_be_read_does_not_lose_the_person(device, workshop):
    one = walk_in(workshop, phone="call me", agency_text="Case of 758 450 1234", service_number="a\u200bb")

    (reply,) = device(one)

    assert reply["status"] == "accepted"
    assert reply["words"].count("left out") == 3
    person = Registration.objects.get().person
    assert (person.phone, person.service_number) == ("", "")
    assert not person.notes.exists()


def test_a_known_number_merges_nothing_and_is_said(device, workshop, constable):
    constable.person.phone = "+17584501234"
    constable.person.save()

    (reply,) = device(walk_in(workshop, phone="450 1234", full_name="C. Joseph"))

    assert "known already" in reply["words"]
    assert constable.person.full_name not in reply["words"]
    assert Registration.objects.get().person != constable.person


@pytest.mark.django_db(transaction=True)
def test_the_same_walk_in_sent_at_once_is_entered_once(workshop, facilitator):
    raw, now = walk_in(workshop), timezone.now()
    sender = syncing.Sender(facilitator.person, facilitator, "d1", 0, now)

    found = at_once(lambda _n: syncing.take([raw], sender)[0].status, 4)

    assert sorted(found) == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert (Registration.objects.count(), AttendanceEvent.objects.count()) == (1, 1)


def test_what_is_no_walk_in_is_refused_in_words(device, client_of, workshop, constable):
    wrong = {
        "name": (walk_in(workshop, full_name="7"), "malformed"),
        "no name": (walk_in(workshop, full_name=None), "malformed"),
        "session": (walk_in(workshop, session="1"), "malformed"),
        "no session": (walk_in(workshop, session=2**62), "absent"),
        "workshop": ({**walk_in(workshop), "workshop": "x"}, "malformed"),
        "another": ({**walk_in(workshop), "workshop": str(uuid.uuid4())}, "absent"),
    }
    replies = device(*(one for one, _reason in wrong.values()))
    assert dict(zip(wrong, (one["reason"] for one in replies), strict=True)) == {
        name: reason for name, (_one, reason) in wrong.items()
    }
    assert all(reply["words"] for reply in replies)
    assert statuses(send(client_of(constable), constable, walk_in(workshop))) == [("refused", "absent")]
    assert not Registration.objects.exists()
