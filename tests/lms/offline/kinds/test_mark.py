import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.sittings import day_of
from courses.choices import Presence, RegistrationState, WorkshopState
from tests.courses.attendance.door import make_running, move, sign_in_by_wall
from tests.lms.offline.sending import item, send, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator, constable):
    return make_running(constable.person, facilitators=[facilitator.person])


@pytest.fixture
def device(client_of, facilitator):
    client = client_of(facilitator)
    return lambda *items, **kwargs: send(client, facilitator, *items, **kwargs)


def mark(workshop, **kwargs):
    session = workshop.sessions.first()
    made = {
        "registration": str(workshop.registrations.first().uuid),
        "session": session.pk,
        "mark": "present",
        "method": "name",
        "at": (session.starts_at + timedelta(minutes=1)).isoformat(),
    }
    return item("mark", **{**made, **kwargs})


def test_a_device_sends_again_what_it_sent(device, workshop):
    row = mark(workshop)

    assert statuses(device(row, row)) == [("accepted", ""), ("duplicate", "")]
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert statuses(device(row, mark(workshop))) == [("duplicate", ""), ("refused", "closed")]
    assert AttendanceEvent.objects.count() == 1


def test_a_bad_mark_harms_no_other(device, workshop, nurse):
    other = make_running(nurse.person, code="9XYZ")
    good, used = mark(workshop), mark(workshop)
    afternoon, theirs = workshop.sessions.last().pk, other.sessions.first().pk
    rows = {
        "good": (good, ("accepted", "")),
        "used": (used, ("accepted", "")),
        "another's": (mark(other), ("refused", "absent")),
        "absent": (mark(workshop, registration=str(uuid.uuid4())), ("refused", "absent")),
        "no session": (mark(workshop, session=2**62), ("refused", "absent")),
        "their session": (mark(workshop, session=theirs), ("refused", "wrong_workshop")),
        "uuid": ({**used, "session": afternoon}, ("refused", "uuid_used")),
        "reason": (mark(workshop, correction=True), ("refused", "reason")),
        "number": (mark(workshop, correction=True, reason="Call 758 450 1234"), ("refused", "careful")),
        "undo": (mark(workshop, mark="undo", cancels=str(uuid.uuid4())), ("refused", "nothing")),
    }
    malformed = [
        {**good, "session": True}, {**good, "session": 2**63}, {**good, "mark": "here"},
        {**good, "mark": ["present"]}, {**good, "method": "wall"}, {**good, "registration": "x"},
        {**good, "reason": "x" * 301}, {**good, "reason": "a\x00"}, {**good, "correction": "yes"},
        {**good, "mark": "undo"},
    ]  # fmt: skip

    replies = device(*(row for row, _answer in rows.values()), *malformed)
    found = statuses(replies)

    assert dict(zip(rows, found, strict=False)) == {name: answer for name, (_row, answer) in rows.items()}
    assert set(found[len(rows) :]) == {("refused", "malformed")}
    assert all(reply["words"] for reply in replies if reply["status"] == "refused")
    assert "Constance" not in str(replies)
    assert AttendanceEvent.objects.count() == 2


def test_a_clock_is_believed_within_the_day_and_not_in_the_future(device, workshop):
    session, now = workshop.sessions.first(), timezone.now()
    told = {
        "as said": session.starts_at + timedelta(seconds=30),
        "last week": now - timedelta(days=7),
        "tomorrow": now + timedelta(days=1),
    }
    for moment in told.values():
        assert statuses(device(mark(workshop, at=moment.isoformat()), now=now)) == [("accepted", "")]
    # A clock that is wrong by a year is known by what it shows now.
    years = timedelta(days=400)
    device(mark(workshop, at=(told["as said"] - years).isoformat()), now=timezone.now() - years)

    found = list(AttendanceEvent.objects.values_list("effective_at", flat=True))
    assert found[0] - told["as said"] < timedelta(seconds=5)
    assert found[1] == day_of(session)
    assert now <= found[2] <= timezone.now()
    assert abs(found[3] - told["as said"]) < timedelta(seconds=5)


def test_two_devices_in_conflict_are_told_what_counts(device, client_of, colleague, workshop):
    colleague.role = "facilitator"
    colleague.save()
    workshop.facilitators.add(colleague.person)
    workshop.save()
    session = workshop.sessions.first()
    other = client_of(colleague)

    here = mark(workshop, at=session.starts_at.isoformat())
    assert statuses(device(here)) == [("accepted", "")]
    not_here, late = mark(workshop, mark="absent"), mark(workshop, mark="late")
    replies = send(other, colleague, not_here, late, device=str(uuid.uuid4()))

    assert statuses(replies) == [("superseded", ""), ("superseded", "")]
    assert "another mark counts: here" in replies[0]["words"]
    assert Attendance.objects.get().presence == Presence.PRESENT
    # Sent once more, because the answer was lost: the same words.
    assert send(other, colleague, not_here)[0] == {**replies[0], "status": "duplicate"}
    # Undone on the one, the other's marks count.
    undo = mark(workshop, mark="undo", cancels=here["uuid"])
    assert statuses(device(undo, undo)) == [("accepted", ""), ("duplicate", "")]
    assert Attendance.objects.get().presence == Presence.LATE
    assert AttendanceEvent.objects.count() == 4


def test_a_correction_beats_every_sign_in(device, workshop):
    sign_in_by_wall(workshop.registrations.get())
    gone = mark(workshop, mark="absent", correction=True, reason="Not in the room")

    replies = device(gone, mark(workshop))

    assert statuses(replies) == [("accepted", ""), ("superseded", "")]
    assert "a correction counts: not here" in replies[1]["words"]
    assert Attendance.objects.get().presence == Presence.ABSENT


def test_who_does_not_run_it_any_more_is_told_nothing(device, client_of, workshop, constable, nurse):
    row = mark(workshop)
    assert statuses(send(client_of(constable), constable, row)) == [("refused", "absent")]
    workshop.facilitators.set([nurse.person])
    workshop.save()
    assert statuses(device(row)) == [("refused", "absent")]
    assert not AttendanceEvent.objects.exists()


def test_without_a_second_step_nothing_is_taken(device, workshop, settings):
    settings.STAFF_SECOND_FACTOR = True
    walk_in = item("walk_in", workshop=str(workshop.uuid), session=1, full_name="Ann Lee")

    replies = device(mark(workshop), walk_in)

    assert statuses(replies) == [("refused", "second_step")] * 2
    assert "second step" in replies[0]["words"]


def test_days_to_come_and_cancelled_registrations_are_refused(device, workshop):
    registration = workshop.registrations.get()
    registration.state = RegistrationState.CANCELLED
    registration.save()
    assert statuses(device(mark(workshop))) == [("refused", "not_registered")]
    registration.state = RegistrationState.REGISTERED
    registration.save()
    move(workshop, days=3)
    assert statuses(device(mark(workshop))) == [("refused", "future")]
