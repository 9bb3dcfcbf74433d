import json

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.attendance.models import AttendanceEvent
from courses.attendance.sittings import midnight
from courses.choices import WorkshopState
from courses.people.devices import OWN
from tests.courses.attendance.door import make_running, sign_in_by_wall
from tests.factories import make_attendance, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator, constable):
    return make_running(constable.person, facilitators=[facilitator.person])


@pytest.fixture
def client(client_of, facilitator):
    client = client_of(facilitator)
    on_own_device(client)
    return client


def on_own_device(client):
    session = client.session
    session[OWN] = True
    session.save()


def list_of(client, workshop):
    return client.get(reverse("workshop_door_list", args=[workshop.uuid]))


def door_of(client, workshop):
    return client.get(reverse("workshop_door", args=[workshop.uuid])).content.decode()


def test_the_list_has_what_the_door_needs_and_no_more(client, workshop, constable, nurse, facilitator):
    person = constable.person
    person.phone, person.service_number, person.sex = "+17584501234", "PC-482", "f"
    person.save()
    here = make_attendance(workshop.registrations.get())
    theirs = make_registration(workshop, nurse.person)
    sign_in_by_wall(theirs)

    answer = list_of(client, workshop)

    told = answer.json()
    first, second = told["rows"]
    session = workshop.sessions.first()
    assert (first["label"], first["name"]) == ("1", person.full_name)
    assert set(first) == {"registration", "label", "name", "agency", "at"}
    where = first["at"][str(session.pk)]
    assert where["presence"] == here.presence
    assert where["live"] == [str(AttendanceEvent.objects.get(registration=here.registration).uuid)]
    assert second["at"][str(session.pk)]["presence"] == "unconfirmed"
    assert (told["person"], told["current"]) == (str(facilitator.person.uuid), session.pk)
    last = workshop.sessions.last()
    assert told["until"] == midnight(timezone.localdate(last.ends_at), 1).isoformat()
    for private in (person.phone, person.service_number, '"sex"', person.uuid, workshop.title):
        assert str(private) not in json.dumps(told)
    assert answer["Cache-Control"] == "private, no-store"


def test_it_costs_the_same_for_any_number_of_people(client, workshop, django_assert_max_num_queries):
    for _ in range(10):
        make_registration(workshop)
    with django_assert_max_num_queries(20):
        assert len(list_of(client, workshop).json()["rows"]) == 11


def test_the_page_that_is_kept_names_nobody(client, workshop, constable):
    page = client.get(reverse("workshop_door_away", args=[workshop.uuid])).content.decode()

    assert constable.person.full_name not in page
    assert workshop.title not in page
    assert f'data-workshop="{workshop.uuid}"' in page
    assert "Keep this list on this device" in door_of(client, workshop)


def test_a_shared_device_keeps_nothing(client_of, facilitator, workshop):
    shared = client_of(facilitator)

    assert list_of(shared, workshop).status_code == 403
    assert shared.get(reverse("workshop_door_away", args=[workshop.uuid])).url == reverse(
        "workshop_door", args=[workshop.uuid]
    )
    assert "Keep this list" not in door_of(shared, workshop)


@pytest.mark.parametrize("state", [WorkshopState.CLOSED, WorkshopState.CANCELLED])
def test_the_list_of_a_closed_record_is_let_go(client, workshop, state):
    workshop.state = state
    workshop.save()
    assert (list_of(client, workshop).status_code, list_of(client, workshop).json()) == (
        410,
        {"error": "closed"},
    )


def test_a_script_reads_why_there_is_no_list(client, client_of, workshop, constable, settings):
    trainee = client_of(constable)
    on_own_device(trainee)
    assert (list_of(trainee, workshop).status_code, list_of(trainee, workshop).json()) == (
        404,
        {"error": "absent"},
    )
    settings.STAFF_SECOND_FACTOR = True
    assert list_of(client, workshop).json() == {"error": "second_step"}
    settings.STAFF_SECOND_FACTOR = False
    workshop.sessions.all().delete()
    assert list_of(client, workshop).json() == {"error": "no_session"}
    client.logout()
    assert list_of(client, workshop).status_code == 401
