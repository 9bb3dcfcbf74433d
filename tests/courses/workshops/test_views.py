"""Workshops as those see them who come, who send people, and who run them."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.choices import RegistrationState, WorkshopState
from courses.workshops.models import Registration, Workshop
from courses.workshops.next_steps import next_steps
from courses.workshops.sheets import get_ready
from tests.factories import make_attendance, make_person, make_registration, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(facilitator):
    soon = timezone.now() + timedelta(days=3)
    return make_workshop(
        title="Own one", facilitators=[facilitator.person], starts_at=soon, district="castries"
    )


def page(client, name, workshop, *args, **query):
    return client.get(reverse(name, args=[workshop.uuid, *args]), query)


def titles(client, **query):
    answer = client.get(reverse("workshops"), query)
    return [row["workshop"].title for _month, rows in answer.context["months"] for row in rows]


# --- The list ---------------------------------------------------------------------------


def test_everybody_sees_what_is_open_to_them(client_of, constable, facilitator, workshop, police, hospital):
    soon = timezone.now() + timedelta(days=40)
    for_nurses = make_workshop(title="For nurses", starts_at=soon)
    for_nurses.agencies.set([hospital])
    for_nurses.save()
    make_workshop(title="Planned", state=WorkshopState.PLANNED, starts_at=soon)
    make_workshop(title="Elsewhere", kind="elsewhere", starts_at=soon)
    make_workshop(title="Long ago", starts_at=timezone.now() - timedelta(days=40))
    mine = make_workshop(title="Mine, planned", state=WorkshopState.PLANNED, starts_at=soon)
    make_registration(mine, constable.person)

    assert titles(client_of(constable)) == ["Own one", "Mine, planned"]
    assert titles(client_of(constable), district="dennery") == []
    assert page(client_of(constable), "workshop", for_nurses).status_code == 404


def test_a_facilitator_sees_own_workshops_only_among_those_not_public(client_of, facilitator):
    soon = timezone.now() + timedelta(days=3)
    own = make_workshop(
        title="Own", state=WorkshopState.PLANNED, facilitators=[facilitator.person], starts_at=soon
    )
    other = make_workshop(title="Other", state=WorkshopState.PLANNED, starts_at=soon)

    client = client_of(facilitator)

    assert titles(client) == ["Own"]
    assert page(client, "workshop_people", own).status_code == 200
    assert page(client, "workshop", other).status_code == 404
    for name in ("workshop_people", "workshop_ready", "workshop_cards", "workshop_calendar"):
        assert page(client, name, other).status_code == 404


def test_of_the_past_people_see_where_they_were(client_of, constable):
    before = timezone.now() - timedelta(days=40)
    was_there = make_workshop(title="Was there", starts_at=before)
    make_workshop(title="Was not", starts_at=before)
    make_registration(was_there, constable.person)

    assert titles(client_of(constable), when="past") == ["Was there"]


def test_who_waits_for_approval_sees_none_but_where_the_office_put_them(client_of, pending, workshop):
    client = client_of(pending)

    assert titles(client) == []
    assert page(client, "workshop", workshop).status_code == 404
    make_registration(workshop, pending.person)
    assert titles(client) == ["Own one"]
    assert page(client, "workshop", workshop).status_code == 200


# --- One of them, for somebody who may come ------------------------------------------------


def test_registering_waiting_and_leaving(client_of, constable, nurse, workshop):
    workshop.capacity = 1
    workshop.save()
    first, second = client_of(constable), client_of(nurse)
    address = reverse("workshop_register", args=[workshop.uuid])

    assert "You are registered" in first.post(address, follow=True).content.decode()
    assert "Join the waiting list" in page(second, "workshop", workshop).content.decode()
    told = second.post(address, follow=True).content.decode()
    assert "You are number 1 on the waiting list" in told
    assert "Constance" not in told

    leave = reverse("workshop_leave", args=[workshop.uuid])
    assert first.get(leave).status_code == 200
    assert Registration.objects.coming().count() == 1
    first.post(leave)
    assert Registration.objects.coming().count() == 0
    # The free place is the one's who waits, not the next one's who comes.
    assert "waiting list" in first.post(address, follow=True).content.decode()
    assert Registration.objects.coming().count() == 0


def test_materials_and_the_calendar_are_for_those_registered(client_of, constable, workshop):
    paper = ContentFile(b"paper", name="paper.pdf")
    document = get_document_model().objects.create(title="Bring this", file=paper)
    workshop.materials.create(document=document)
    workshop.save()
    client = client_of(constable)

    assert document.title not in page(client, "workshop", workshop).content.decode()
    assert page(client, "workshop_calendar", workshop).status_code == 404
    make_registration(workshop, constable.person)

    assert document.title in page(client, "workshop", workshop).content.decode()
    file = page(client, "workshop_calendar", workshop)
    assert file["Content-Disposition"] == 'attachment; filename="training-session.ics"'
    assert b"SUMMARY:Training session\r\n" in file.content
    assert b"Own one" not in file.content


def test_tabs_do_not_name_the_workshop(client_of, constable, focal_point, workshop):
    registration = make_registration(workshop, constable.person)
    for client in (client_of(constable), client_of(focal_point)):
        for name in ("workshop", "workshop_leave", "workshop_people", "workshop_ready"):
            answer = page(client, name, workshop)
            if answer.status_code == 200:
                head = answer.content.decode().partition("<title>")[2].partition("</title>")[0]
                assert head == "Training session – Learning"
    assert registration.workshop.title == "Own one"


@pytest.mark.parametrize(
    ("days", "state", "leads_to"),
    [
        (3, "open", ["workshop_people", "workshop_ready"]),
        (0, "open", ["workshop_people", "workshop_door", "workshop_ready"]),
        (-3, "open", ["workshop_after"]),
        (-3, "closed", ["workshop_certificates"]),
    ],
)
def test_the_next_step_goes_with_the_day(days, state, leads_to):
    now = timezone.localtime().replace(hour=12)
    planned = make_workshop(starts_at=now.replace(hour=9) + timedelta(days=days), state=state)
    workshop = Workshop.objects.with_days().with_counts().get(pk=planned.pk)

    steps = next_steps(workshop, at=now, at_desk=False)

    assert sorted(address for _words, address in steps) == sorted(
        reverse(n, args=[workshop.uuid]) for n in leads_to
    )


# --- Who comes ------------------------------------------------------------------------------


def test_people_are_found_by_names_without_accents_and_by_number(client_of, facilitator, workshop):
    nadege = make_person(full_name="Nadège St. Prix")
    numbered = make_person(full_name="Other One", service_number="PC 112")
    make_person(full_name="Nadine Felix")
    client = client_of(facilitator)

    found = page(client, "workshop_people", workshop, find="prix nadege, pc112").context["found"]

    assert [person for person, _state in found] == [nadege, numbered]
    answer = client.post(
        reverse("workshop_people", args=[workshop.uuid]), {"person": [nadege.uuid, numbered.uuid]}, follow=True
    )
    assert "2 people have a place." in answer.content.decode()
    assert "112" not in answer.content.decode().partition("Who comes")[2]


def test_a_free_place_is_given_by_one_click(client_of, facilitator, workshop):
    workshop.capacity = 1
    workshop.save()
    held, waits, _third = (make_registration(workshop) for _n in range(3))
    client, address = client_of(facilitator), reverse("workshop_people", args=[workshop.uuid])
    assert "is free" not in client.get(address).content.decode()
    client.post(reverse("workshop_people_cancel", args=[workshop.uuid, held.uuid]))
    assert "1 place is free, 2 people wait." in client.get(address).content.decode()

    client.post(address, {"deed": "promote", "registration": waits.uuid})

    waits.refresh_from_db()
    assert waits.state == RegistrationState.REGISTERED


def test_somebody_elses_registration_is_not_touched(client_of, facilitator, workshop):
    elsewhere = make_registration(make_workshop())
    client = client_of(facilitator)

    cancel = client.post(reverse("workshop_people_cancel", args=[workshop.uuid, elsewhere.uuid]))
    promote = client.post(
        reverse("workshop_people", args=[workshop.uuid]), {"deed": "promote", "registration": elsewhere.uuid}
    )

    assert (cancel.status_code, promote.status_code) == (404, 404)
    assert Registration.objects.coming().count() == 1


# --- The supervisor -------------------------------------------------------------------------


def test_a_supervisor_registers_own_people_and_nobody_else(
    client_of, supervisor_police, colleague, nurse, workshop
):
    client, address = client_of(supervisor_police), reverse("workshop_team", args=[workshop.uuid])
    make_registration(workshop, nurse.person)

    seen = client.get(address).content.decode()
    client.post(address, {"person": [colleague.person.uuid]})
    client.post(address, {"person": [nurse.person.uuid]})

    assert "Cletus Charles" in seen
    assert "Nadège" not in seen
    assert {(one.person, one.way) for one in Registration.objects.coming()} == {
        (colleague.person, "supervisor"),
        (nurse.person, "office"),
    }


def test_a_supervisor_of_an_agency_that_is_not_invited_sees_nothing(
    client_of, supervisor_police, hospital, workshop
):
    workshop.agencies.set([hospital])
    workshop.save()

    assert page(client_of(supervisor_police), "workshop_team", workshop).status_code == 404


def test_who_has_signed_in_stays_registered(client_of, constable, facilitator):
    workshop = make_workshop(starts_at=timezone.now(), facilitators=[facilitator.person])
    registration = make_registration(workshop, constable.person)
    make_attendance(registration)

    for user, name, args in (
        (constable, "workshop_leave", []),
        (facilitator, "workshop_people_cancel", [registration.uuid]),
    ):
        address = reverse(name, args=[workshop.uuid, *args])
        assert "has signed in" in client_of(user).post(address, follow=True).content.decode().replace(
            "have", "has"
        )
    registration.refresh_from_db()
    assert registration.is_coming


# --- Always as light ------------------------------------------------------------------------


def test_lists_cost_the_same_with_many_rows(client_of, facilitator, constable, workshop):
    addresses = [
        reverse("workshops"),
        *(reverse(name, args=[workshop.uuid]) for name in ("workshop", "workshop_people", "workshop_cards")),
        reverse("workshop_sheet", args=[workshop.uuid, 1]),
    ]

    def costs():
        client, counts = client_of(facilitator), []
        client.get(addresses[0])
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    def fill(n):
        people = [make_person(full_name=f"Person {k} of {n}", agency=constable.person.agency) for k in range(n)]
        Registration.objects.bulk_create(
            Registration(workshop=workshop, person=person, at=timezone.now()) for person in people
        )

        get_ready(workshop)

    fill(2)
    first = costs()
    for n in (19, 180):
        fill(n)
        make_workshop(starts_at=timezone.now() + timedelta(days=5))
        assert costs() == first
    assert max(first) < 30
