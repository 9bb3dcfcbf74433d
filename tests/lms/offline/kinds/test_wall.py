from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.attendance import guessing
from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import Presence, WorkshopState
from tests.courses.attendance.door import make_running, move
from tests.factories import make_registration
from tests.lms.offline.sending import item, send, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(constable):
    return make_running(constable.person, code="7KQ4")


@pytest.fixture
def phone(client_of, constable):
    client = client_of(constable)
    return lambda *items, **kwargs: send(client, constable, *items, **kwargs)


def typed(code="7kq-4", **kwargs):
    return item("wall", code=code, **kwargs)


def test_a_sign_in_that_waited_is_unconfirmed_until_the_room_is(phone, workshop):
    session = workshop.sessions.first()
    one = typed(at=session.starts_at.isoformat())

    replies = phone(one, one)

    assert statuses(replies) == [("accepted", ""), ("duplicate", "")]
    assert "Your row on the sheet: 1" in replies[0]["words"]
    here = Attendance.objects.get()
    assert here.presence == Presence.UNCONFIRMED
    assert abs(here.arrived_at - session.starts_at) < timedelta(seconds=5)
    assert AttendanceEvent.objects.count() == 1


def test_it_is_believed_after_the_session_and_not_what_it_says_was_then(phone, workshop):
    session = workshop.sessions.first()
    # Half a day ago it was; only now there is a network.
    move(workshop, hours=-20)
    session.refresh_from_db()

    after = phone(typed(at=(session.ends_at + timedelta(minutes=1)).isoformat()))
    assert statuses(after) == [("refused", "over")]
    assert "Nothing was recorded" in after[0]["words"]
    assert statuses(phone(typed(at=(session.starts_at + timedelta(minutes=2)).isoformat()))) == [
        ("accepted", "")
    ]
    assert Attendance.objects.get().presence == Presence.UNCONFIRMED


def test_whoever_confirms_the_room_sees_what_was_sent_later(phone, client_of, focal_point, nurse, workshop):
    session = workshop.sessions.first()
    make_registration(workshop, nurse.person)
    move(workshop, minutes=-30)
    phone(typed(at=session.starts_at.isoformat()))
    send(client_of(nurse), nurse, typed())

    page = client_of(focal_point).get(reverse("workshop_room", args=[workshop.uuid])).content.decode()

    assert "Constance Joseph" in page
    assert "St. Prix" in page
    assert page.count("Sent later") == 1


def test_strangers_early_birds_and_closed_records_are_refused_in_words(phone, client_of, nurse, workshop):
    assert statuses(send(client_of(nurse), nurse, typed())) == [("refused", "stranger")]
    move(workshop, hours=3)
    assert statuses(phone(typed())) == [("refused", "early")]
    move(workshop, hours=-3)
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert statuses(phone(typed())) == [("refused", "over")]
    assert not AttendanceEvent.objects.exists()


def test_codes_cannot_be_tried_one_after_the_other(phone, workshop, constable):
    wrong = [typed(code) for code in [None, 7, "", *(f"AAA{n}" for n in range(guessing.PER_PERSON))]]

    found = phone(*wrong, typed())

    assert {one["reason"] for one in found[: guessing.PER_PERSON]} == {"unknown"}
    assert found[-1]["reason"] == "blocked"
    assert guessing.is_blocked(constable.person, "127.0.0.1", at=timezone.now())
