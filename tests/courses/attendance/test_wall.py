"""The trainee's way in: every refusal says what to do and records nothing."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.attendance import guessing
from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import (
    AttendanceMark,
    AttendanceMethod,
    Presence,
    RegistrationWay,
    WorkshopState,
)
from courses.workshops.models import Registration
from tests.courses.attendance.door import make_running, move
from tests.factories import make_attendance, make_registration

pytestmark = pytest.mark.django_db
ADDRESS = "/check-in/7KQ4/"


@pytest.fixture
def workshop(constable):
    return make_running(constable.person, venue="Police Training School", title="Trafficking: first contact")


def nothing_is_recorded():
    return not AttendanceEvent.objects.exists() and not Attendance.objects.exists()


def hidden(page):
    """What the form of the page posts of itself."""
    return dict(re.findall(r'type="hidden" name="(uuid|at)" value="([^"]+)"', page.content.decode()))


def test_one_button_signs_in_and_says_when_and_which_row(workshop, client_of, constable):
    client = client_of(constable)
    page = client.get(ADDRESS)

    assert "I am here" in page.content.decode()
    assert "Police Training School" in page.content.decode()
    # Neutral: on a telephone in a full bus it tells a place and a time.
    assert "first contact" not in page.content.decode()
    posted = hidden(page)
    done = client.post(ADDRESS, posted, follow=True)

    event = AttendanceEvent.objects.get()
    time = f"{timezone.localtime(event.effective_at):%H:%M}".removeprefix("0")
    assert f"You are signed in, {time}" in done.content.decode()
    assert "Your row on the sheet: 1" in done.content.decode()
    assert (str(event.uuid), event.client_at.isoformat()) == (posted["uuid"], posted["at"])
    assert (event.method, Attendance.objects.get().presence) == (AttendanceMethod.WALL, Presence.UNCONFIRMED)


def test_a_page_left_open_since_early_makes_nobody_punctual(workshop, client_of, constable):
    early = timezone.now() - timedelta(hours=2)
    client_of(constable).post(ADDRESS, {"uuid": uuid.uuid4(), "at": early.isoformat()})

    assert AttendanceEvent.objects.get().effective_at > early + timedelta(hours=1)


def test_sent_twice_and_signed_in_already_is_one_row(workshop, client_of, constable):
    client, posted = client_of(constable), {"uuid": uuid.uuid4()}

    for data in (posted, posted, {"uuid": uuid.uuid4()}):
        assert client.post(ADDRESS, data).status_code == 302

    assert AttendanceEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("hours", "words"),
    [(2, "You can sign in from"), (-4, "This session ended on")],
    ids=["too early", "too late"],
)
def test_the_wrong_time_is_refused_with_the_right_one(workshop, client_of, constable, hours, words):
    move(workshop, hours=hours)
    client = client_of(constable)

    for page in (client.get(ADDRESS), client.post(ADDRESS, {"uuid": uuid.uuid4()})):
        assert words in page.content.decode()
        assert "I am here" not in page.content.decode()
    assert nothing_is_recorded()


def test_an_hour_before_is_not_too_early(workshop, client_of, constable):
    move(workshop, minutes=59)

    assert client_of(constable).post(ADDRESS).status_code == 302


def test_another_code_and_a_cancelled_workshop_are_no_code(workshop, client_of, constable):
    client = client_of(constable)
    assert client.get("/check-in/9999/").status_code == 404
    assert client.post("/check-in/9999/").status_code == 404
    assert client.post(reverse("check_in_start"), {"code": "–"}).status_code == 422
    workshop.state = WorkshopState.CANCELLED
    workshop.save()
    assert client.post(ADDRESS).status_code == 404

    assert nothing_is_recorded()


def test_a_code_is_typed_as_people_type(workshop, client_of, constable):
    client = client_of(constable)

    assert client.post(reverse("check_in_start"), {"code": " 7k-q4 "}).url == ADDRESS
    assert client.get("/check-in/7kq4/").status_code == 200


def test_who_guesses_codes_waits(workshop, client_of, constable, nurse):
    guesser, other = client_of(constable), client_of(nurse)
    for _ in range(guessing.PER_PERSON):
        assert guesser.get("/check-in/9999/").status_code == 404

    # The right one too: nothing is looked up.
    assert guesser.post(ADDRESS).status_code == 429
    assert other.get(ADDRESS).status_code == 200
    assert nothing_is_recorded()


def test_a_stranger_becomes_a_walk_in_with_one_button(workshop, client_of, nurse):
    client = client_of(nurse)
    page = client.get(ADDRESS)
    assert "You are not registered" in page.content.decode()

    refused = client.post(ADDRESS, {"uuid": uuid.uuid4()})
    assert refused.status_code == 422
    assert nothing_is_recorded()

    assert "Register me as a walk-in" in page.content.decode()
    done = client.post(ADDRESS, {"walk_in": "1", **hidden(page)}, follow=True)
    assert "Your row on the sheet: W1" in done.content.decode()
    found = Registration.objects.get(person=nurse.person)
    assert (found.way, Attendance.objects.get().presence) == (RegistrationWay.WALK_IN, Presence.UNCONFIRMED)


@pytest.mark.parametrize("closed_to", ["self", "agency", "planned"])
def test_elsewhere_the_facilitator_registers(workshop, police, client_of, nurse, closed_to):
    if closed_to == "self":
        workshop.self_registration = False
    elif closed_to == "agency":
        workshop.agencies.set([police])
    else:
        workshop.state = WorkshopState.PLANNED
    workshop.save()

    page = client_of(nurse).post(ADDRESS, {"walk_in": "1", "uuid": uuid.uuid4()})

    assert "Speak to the facilitator" in page.content.decode()
    assert not Registration.objects.filter(person=nurse.person).exists()
    assert nothing_is_recorded()


def test_whom_the_facilitator_sent_away_cannot_come_back_by_the_wall(workshop, client_of, constable):
    registration = Registration.objects.get()
    make_attendance(registration, mark=AttendanceMark.ABSENT, correction=True, reason="Not in the room")

    page = client_of(constable).post(ADDRESS, {"uuid": uuid.uuid4()})

    assert "Speak to the facilitator" in page.content.decode()
    assert AttendanceEvent.objects.count() == 1


def test_who_was_ticked_off_as_missing_and_comes_later_signs_in(workshop, client_of, constable):
    make_attendance(Registration.objects.get(), mark=AttendanceMark.ABSENT)

    assert client_of(constable).post(ADDRESS).status_code == 302
    assert Attendance.objects.get().presence == Presence.UNCONFIRMED


def test_somebody_elses_uuid_takes_nothing_from_them(workshop, client_of, constable, nurse):
    name = uuid.uuid4()
    make_registration(workshop, nurse.person)
    for user in (constable, nurse):
        client_of(user).post(ADDRESS, {"uuid": name})

    assert Attendance.objects.count() == 2


def test_signed_out_the_code_leads_to_the_log_in_and_back(workshop, client_of):
    answer = client_of(None).get(ADDRESS)

    assert answer.url == f"{reverse('account_login')}?next={ADDRESS}"


def test_a_merged_record_signs_in_the_person_it_became(workshop, client_of, constable, nurse):
    nurse.person.merged_into = constable.person
    nurse.person.save()

    client_of(nurse).post(ADDRESS)

    assert Attendance.objects.get().registration.person == constable.person


def test_the_answer_is_small_and_asks_little(workshop, client_of, constable, django_assert_max_num_queries):
    client = client_of(constable)
    with django_assert_max_num_queries(14):
        page = client.get(ADDRESS)

    main = re.search(r'<main id="main">(.*)</main>', page.content.decode(), re.DOTALL)[1]
    assert len(main) < 2048
