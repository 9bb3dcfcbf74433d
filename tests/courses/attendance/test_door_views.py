import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.attendance import closing
from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import AttendanceMark, Presence
from courses.workshops.models import Registration
from tests.courses.attendance.door import make_running, move, sign_in_by_wall
from tests.factories import make_attendance, make_person, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator, constable, colleague, nurse):
    """Rows 1 Cletus Charles, 2 Constance Joseph, 3 Nadège St. Prix."""
    return make_running(
        colleague.person, constable.person, nurse.person, facilitators=[facilitator.person], title="Workshop"
    )


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


def address(workshop, name="workshop_door", *args, **query):
    return reverse(name, args=[workshop.uuid, *args], query=query)


def row(workshop, n):
    return workshop.registrations.get(row=n)


def tap(client, workshop, n, mark, follow=True, **data):
    value = f"{mark} {row(workshop, n).uuid}"
    return client.post(address(workshop), {"tap": value, "uuid": uuid.uuid4(), **data}, follow=follow)


def presences():
    return dict(Attendance.objects.values_list("registration__row", "presence"))


def listed(page):
    return [one.label for one in page.context["listing"]]


def test_one_tap_marks_and_the_banner_takes_it_back(client, workshop):
    page = tap(client, workshop, 2, "present")
    text = page.content.decode()

    assert re.search(r"<b>1</b>\s*of 3 here", text)
    assert re.search(r"(?s)Constance Joseph</b>:\s*<span class=.tag here.>.*? Here \d", text)
    assert AttendanceEvent.objects.get().author == "Felix Facilitator"

    event = AttendanceEvent.objects.get()
    undone = client.post(address(workshop, "workshop_undo"), {"event": event.uuid}, follow=True)
    assert re.search(r"<b>0</b>\s*of 3 here", undone.content.decode())
    assert presences() == {2: Presence.ABSENT}
    # Taken back is not "not here": nothing was said of her.
    assert undone.context["totals"].absent == 0
    assert undone.content.decode().count("Not here yet") == 3
    # The address with the banner is loaded again: there is nothing to undo any more.
    assert client.get(address(workshop, done=event.uuid)).context["done"] is None


def test_the_banner_says_late_where_the_grace_is_over(client, workshop):
    move(workshop, minutes=-60)
    page = tap(client, workshop, 2, "present").content.decode()
    assert re.search(r"Constance Joseph</b>:\s*<span[^>]*>Late \d", page)


def test_a_tap_sent_twice_is_one_row(client, workshop):
    name = uuid.uuid4()
    for _ in range(2):
        tap(client, workshop, 1, "late", uuid=name)

    assert AttendanceEvent.objects.count() == 1
    assert presences() == {1: Presence.LATE}


def test_a_tap_from_an_old_page_that_takes_something_back_asks_for_the_reason(client, workshop):
    tap(client, workshop, 1, "present")

    page = tap(client, workshop, 1, "absent")

    assert page.request["PATH_INFO"] == address(workshop, "workshop_door_person", row(workshop, 1).uuid)
    assert "To change it, say why." in page.content.decode()
    assert presences() == {1: Presence.PRESENT}


def test_the_list_is_searched_and_narrowed(client, workshop):
    make_attendance(row(workshop, 1))
    make_attendance(row(workshop, 2), mark=AttendanceMark.LATE)
    sign_in_by_wall(row(workshop, 3))

    found = {
        query: listed(client.get(address(workshop) + query))
        for query in ("?q=nadege", "?q=jo+con", "?q=2", "?q=%00", "?q=nobody", "?show=late", "?show=missing")
        + ("?show=unconfirmed", "?show=here", "?page=99", "?session=x", "?show=x")
    }

    assert found == {
        "?q=nadege": ["3"], "?q=jo+con": ["2"], "?q=2": ["2"], "?q=%00": [], "?q=nobody": [],
        "?show=late": ["2"], "?show=missing": [], "?show=unconfirmed": ["3"], "?show=here": ["1", "2"],
        "?page=99": ["1", "2", "3"], "?session=x": ["1", "2", "3"], "?show=x": ["1", "2", "3"],
    }  # fmt: skip


def test_the_room_is_confirmed_but_for_who_is_unticked(client, workshop):
    for n in (1, 2, 3):
        sign_in_by_wall(row(workshop, n))
    page = client.get(address(workshop, "workshop_room"))
    ticked = re.findall(r'name="in_room" value="([^"]+)" checked', page.content.decode())
    assert len(ticked) == 3

    ticked.remove(str(row(workshop, 2).uuid))
    session = workshop.sessions.first().pk
    client.post(address(workshop, "workshop_room"), {"in_room": ticked, "session": session})

    assert presences() == {1: Presence.PRESENT, 2: Presence.UNCONFIRMED, 3: Presence.PRESENT}
    again = client.get(address(workshop))
    assert "Confirm the room: 1 person" in again.content.decode()


def test_the_log_says_who_when_how_and_why(client, workshop):
    one = row(workshop, 1)
    make_attendance(one)
    url = address(workshop, "workshop_door_person", one.uuid)
    refused = client.post(url, {"mark": "absent", "uuid": uuid.uuid4()})
    assert refused.status_code == 422
    case = client.post(url, {"mark": "absent", "reason": "Call 758 450 1234", "uuid": uuid.uuid4()})
    assert case.status_code == 422
    assert presences() == {1: Presence.PRESENT}

    client.post(url, {"mark": "absent", "reason": "Went home at once", "uuid": uuid.uuid4()})

    text = client.get(url).content.decode()
    assert presences() == {1: Presence.ABSENT}
    for words in ("Found by name", "Felix Facilitator", "Went home at once", "(correction)"):
        assert words in text
    correction = AttendanceEvent.objects.get(correction=True)
    client.post(address(workshop, "workshop_undo"), {"event": correction.uuid, "person": "1"})
    assert presences() == {1: Presence.PRESENT}
    assert "Taken back: Not here" in client.get(url).content.decode()


def test_the_morning_is_copied_and_who_left_is_marked_with_one_tap(client, workshop):
    morning, afternoon = workshop.sessions.all()
    for n in (1, 2):
        make_attendance(row(workshop, n), morning)
    assert "Copy the session of" not in client.get(address(workshop, session=morning.pk)).content.decode()
    assert "Copy the session of" in client.get(address(workshop, session=afternoon.pk)).content.decode()

    # Somebody was tapped by mistake; taken back, the copy is offered again and holds them.
    tap(client, workshop, 1, "present", session=afternoon.pk)
    assert "Copy the session of" not in client.get(address(workshop, session=afternoon.pk)).content.decode()
    mistake = AttendanceEvent.objects.get(session=afternoon)
    page = client.post(address(workshop, "workshop_undo"), {"event": mistake.uuid}, follow=True)
    assert "Copy the session of" in page.content.decode()

    for _ in range(2):
        page = client.post(address(workshop, "workshop_copy"), {"session": afternoon.pk}, follow=True)
    assert listed(page) == ["1", "2"]
    tap(client, workshop, 2, "left", session=afternoon.pk)

    found = Attendance.objects.filter(session=afternoon).order_by("registration__row")
    assert [one.presence for one in found] == [Presence.PRESENT, Presence.ABSENT]
    assert AttendanceEvent.objects.filter(session=afternoon).count() == 3 + 2


def test_nothing_is_offered_before_the_day_and_after_the_end(client, workshop):
    move(workshop, days=3)
    assert "has not come" in client.get(address(workshop)).content.decode()
    tap(client, workshop, 1, "present")

    move(workshop, days=-5)
    closing.close(workshop, actor=None, at=timezone.now())
    page = client.get(address(workshop))
    assert "the workshop is closed" in page.content.decode().casefold()
    assert 'name="tap"' not in page.content.decode()
    tap(client, workshop, 1, "present")
    assert not Attendance.objects.exclude(presence=Presence.ABSENT).exists()


POSTS = ["workshop_undo", "workshop_copy", "workshop_after_rows", "workshop_after_photo", "workshop_close"]
GETS = ["workshop_door", "workshop_room", "workshop_walk_in", "workshop_after"]


@pytest.mark.parametrize("who", ["facilitator", "supervisor_police", "constable"])
def test_another_workshop_is_not_there(request, client_of, constable, who):
    other = make_running(constable.person)
    one = other.registrations.get()
    client = client_of(request.getfixturevalue(who))
    answers = [client.get(address(other, name)) for name in GETS]
    answers += [client.post(address(other, name), {"tap": f"present {one.uuid}"}) for name in GETS + POSTS]
    answers.append(client.get(address(other, "workshop_door_person", one.uuid)))

    assert {answer.status_code for answer in answers} == {404}
    assert not AttendanceEvent.objects.exists()


def test_rows_and_events_of_another_workshop_are_not_there(client, workshop):
    other = make_running(make_person(), code="9XYZ")
    one = other.registrations.get()
    make_attendance(one)
    event = AttendanceEvent.objects.get()

    answers = [
        client.post(address(workshop), {"tap": f"present {one.uuid}"}),
        client.post(address(workshop), {"tap": f"undo {row(workshop, 1).uuid}"}),
        client.post(address(workshop), {"tap": "present x"}),
        client.post(address(workshop, "workshop_undo"), {"event": event.uuid}),
        client.get(address(workshop, "workshop_door_person", one.uuid)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert AttendanceEvent.objects.count() == 1
    assert client.get(address(workshop, done=event.uuid)).context["done"] is None


def test_two_hundred_rows_cost_as_many_queries_as_one(
    client, facilitator, django_assert_max_num_queries, police
):
    big = make_running(make_person(), facilitators=[facilitator.person], code="9XYZ")
    client.get(address(big))
    with django_assert_max_num_queries(16):
        client.get(address(big))
    people = [make_person(agency=police, full_name=f"Trainee {n}") for n in range(199)]
    now = timezone.now()
    Registration.objects.bulk_create(
        Registration(workshop=big, person=one, row=n, at=now) for n, one in enumerate(people, 2)
    )
    for one in big.registrations.order_by("row")[:20]:
        make_attendance(one)
    with django_assert_max_num_queries(16):
        page = client.get(address(big))
    assert page.context["totals"][:2] == (20, 200)
    assert len(page.context["listing"]) == 100
    with django_assert_max_num_queries(16):
        client.get(address(big, "workshop_after"))


def test_a_workshop_without_sessions_says_so(client, facilitator):
    empty = make_workshop(facilitators=[facilitator.person], sessions=0)

    for name in ("workshop_door", "workshop_after"):
        assert "No session is planned yet" in client.get(address(empty, name)).content.decode()
    assert client.get(address(empty, "workshop_room")).status_code == 404


def test_a_tap_for_a_session_of_another_workshop_is_not_taken_for_this_one(client, workshop, facilitator):
    other = make_running(code="8KQ4", facilitators=[facilitator.person]).sessions.first()

    for session in (other.pk, 10**30, "\x00"):
        assert tap(client, workshop, 1, "present", session=session).status_code == 404
        assert client.post(address(workshop, "workshop_room"), {"session": session}).status_code == 404
    assert not AttendanceEvent.objects.exists()
