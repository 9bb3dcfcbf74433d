import json
import re
import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.attendance import own_code
from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.sittings import day_of
from courses.choices import AttendanceMethod, Presence, RegistrationWay, WorkshopState
from courses.workshops.models import Registration
from tests.courses.attendance.door import make_running
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator, constable):
    return make_running(constable.person, facilitators=[facilitator.person])


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


# --- Cameras ----------------------------------------------------------------------------


def test_the_row_of_the_sheet_opens_at_one_button(client, workshop):
    url = reverse("check_in_person", args=[workshop.registrations.get().uuid])
    page = client.get(url).content.decode()
    assert "Constance Joseph" in page

    name = uuid.uuid4()
    for _ in range(2):
        done = client.post(url, {"mark": "present", "uuid": name}, follow=True)

    assert "Scan the next person" in done.content.decode()
    assert AttendanceEvent.objects.get().method == AttendanceMethod.SCAN
    assert client.post(url, {"mark": "absent"}).status_code == 404


@pytest.mark.parametrize(
    "who", ["anonymous", "constable", "colleague", "supervisor_police", "other facilitator"]
)
def test_to_others_codes_say_nothing_and_real_ones_look_like_none(request, client_of, workshop, who):
    if who == "other facilitator":
        workshop.facilitators.set([make_person()])
        workshop.save()
        who = "facilitator"
    client = client_of(request.getfixturevalue(who))
    code = own_code.code_of(workshop.registrations.get().person)
    real = ["check_in_person", workshop.registrations.get().uuid], ["check_in_own", code]
    none = ["check_in_person", uuid.uuid4()], ["check_in_own", "made:up:code"]

    pages = []
    for name, value in [*real, *none]:
        url = reverse(name, args=[value])
        page = client.get(url)
        assert page.status_code == 200
        main = re.search(r'<main id="main">(.*)</main>', page.content.decode(), re.DOTALL)[1]
        pages.append(main.replace(url, "").replace(quote(url), ""))
        assert client.post(url, {"mark": "present", "workshop": workshop.uuid}).status_code == 403
    assert "for the training team" in pages[0]
    assert len(set(pages)) == 1
    assert not AttendanceEvent.objects.exists()


def test_ones_own_code_leads_to_the_row_of_today(client, client_of, workshop, constable):
    page = client_of(constable).get(reverse("my_code"))
    assert "data:image/svg+xml" in page.content.decode()
    assert reverse("my_code") in client_of(constable).get(reverse("my_record")).content.decode()
    code = own_code.code_of(constable.person)
    assert str(constable.person.uuid) not in code

    answer = client.get(reverse("check_in_own", args=[code]))

    assert answer.url == reverse("check_in_person", args=[workshop.registrations.get().uuid])


def test_a_code_of_a_stranger_offers_the_walk_in(client, workshop, nurse):
    url = reverse("check_in_own", args=[own_code.code_of(nurse.person)])
    page = client.get(url)
    assert "Nadège St. Prix" in page.content.decode()
    assert Registration.objects.count() == 1
    assert client.post(url, {"workshop": uuid.uuid4()}).status_code == 404

    name = uuid.uuid4()
    for _ in range(2):
        client.post(url, {"workshop": workshop.uuid, "uuid": name})

    found = Registration.objects.get(person=nurse.person)
    assert (found.way, found.label) == (RegistrationWay.WALK_IN, "W1")
    assert Attendance.objects.get(registration=found).presence == Presence.PRESENT


def test_made_up_and_old_codes_are_refused(client, workshop, constable, monkeypatch):
    code = own_code.code_of(constable.person)
    forged = signing.TimestampSigner(salt="another").sign(code.partition(":")[0])
    for wrong in (forged, "x", code + "x", code.partition(":")[0]):
        assert client.get(reverse("check_in_own", args=[wrong])).status_code == 404
    monkeypatch.setattr(own_code, "LASTS", timedelta(seconds=-1))
    assert "no longer valid" in client.get(reverse("check_in_own", args=[code])).content.decode()


# --- Devices ----------------------------------------------------------------------------


def device_row(workshop, **kwargs):
    session = workshop.sessions.first()
    made = {
        "uuid": str(uuid.uuid4()),
        "registration": str(workshop.registrations.first().uuid),
        "session": session.pk,
        "mark": "present",
        "method": "scan",
        "at": (session.starts_at + timedelta(minutes=1)).isoformat(),
        "offset": 0,
        "device": "d1",
    }
    return {**made, **kwargs}


def send(client, rows):
    return client.post(reverse("check_in_sync"), json.dumps({"rows": rows}), content_type="application/json")


def answers(client, *rows):
    return [(one["status"], one["reason"]) for one in send(client, rows).json()["rows"]]


def test_a_device_sends_again_what_it_sent(client, workshop):
    row = device_row(workshop)

    assert answers(client, row, row) == [("accepted", ""), ("duplicate", "")]
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert answers(client, row, device_row(workshop)) == [("duplicate", ""), ("refused", "closed")]
    assert AttendanceEvent.objects.count() == 1


def test_a_bad_row_harms_no_other(client, workshop, nurse):
    other = make_running(nurse.person, code="9XYZ")
    good, used = device_row(workshop), device_row(workshop)
    afternoon, theirs = workshop.sessions.last().pk, other.sessions.first().pk
    rows = {
        "good": (good, ("accepted", "")),
        "used": (used, ("accepted", "")),
        "another's": (device_row(other), ("refused", "absent")),
        "absent": (device_row(workshop, registration=str(uuid.uuid4())), ("refused", "absent")),
        "no session": (device_row(workshop, session=2**62), ("refused", "absent")),
        "their session": (device_row(workshop, session=theirs), ("refused", "wrong_workshop")),
        "uuid": ({**used, "session": afternoon}, ("refused", "uuid_used")),
        "reason": (device_row(workshop, correction=True), ("refused", "reason")),
        "undo": (
            device_row(workshop, mark="undo", cancels=str(uuid.uuid4())),
            ("refused", "absent"),
        ),
    }
    malformed = [
        None, [], "x", {}, {**good, "uuid": "x"}, {**good, "session": True}, {**good, "session": 2**63},
        {**good, "mark": "here"}, {**good, "method": "wall"}, {**good, "at": "yesterday"},
        {**good, "at": "2026-01-01T00:00:00"}, {**good, "offset": 1e9}, {**good, "device": "a\x00"},
        {**good, "reason": "x" * 301}, {**good, "correction": "yes"}, {**good, "mark": "undo"},
    ]  # fmt: skip

    found = answers(client, *(row for row, _answer in rows.values()), *malformed)

    assert dict(zip(rows, found, strict=False)) == {name: answer for name, (_row, answer) in rows.items()}
    assert set(found[len(rows) :]) == {("refused", "malformed")}
    assert AttendanceEvent.objects.count() == 2


def test_a_clock_is_believed_within_the_day_and_not_in_the_future(client, workshop):
    session, now = workshop.sessions.first(), timezone.now()
    told = {
        "as said": session.starts_at + timedelta(seconds=30),
        "last week": now - timedelta(days=7),
        "tomorrow": now + timedelta(days=1),
    }
    for moment in told.values():
        assert answers(client, device_row(workshop, at=moment.isoformat())) == [("accepted", "")]
    wrong_clock = (told["as said"] - timedelta(days=400)).isoformat()
    answers(client, device_row(workshop, at=wrong_clock, offset=400 * 24 * 3600 * 1000))

    found = list(AttendanceEvent.objects.values_list("effective_at", flat=True))
    assert (found[0], found[1], found[3]) == (told["as said"], day_of(session), told["as said"])
    assert now <= found[2] <= timezone.now()


def test_earliest_presence_wins_and_a_correction_beats_all(client, workshop):
    session = workshop.sessions.first()
    rows = [
        device_row(workshop, at=(session.starts_at + timedelta(minutes=3)).isoformat()),
        device_row(workshop, device="d2"),
        device_row(workshop, mark="absent", correction=True, reason="Left at once"),
        device_row(workshop),
    ]
    assert answers(client, *rows) == [("accepted", "")] * 4
    assert Attendance.objects.get().presence == Presence.ABSENT

    undo = device_row(workshop, mark="undo", cancels=rows[2]["uuid"])
    assert send(client, [undo]).json()["rows"][0]["presence"] == "present"
    assert Attendance.objects.get().arrived_at == session.starts_at + timedelta(minutes=1)


def test_fifty_at_a_time(client, workshop):
    rows = [None] * 50 + [device_row(workshop)] * 2

    assert answers(client, *rows)[49:] == [("refused", "malformed")] + [("refused", "too_many")] * 2


def test_what_is_no_list_of_rows_is_refused(client, client_of, workshop, facilitator, constable):
    for body in ("", "[]", '{"rows": {}}', "x", "[" * 100_000):
        answer = client.post(reverse("check_in_sync"), body, content_type="application/json")
        assert answer.status_code == 400
    assert send(client_of(constable), []).status_code == 404
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(facilitator)
    assert send(careful, [device_row(workshop)]).status_code == 403
    assert not AttendanceEvent.objects.exists()
