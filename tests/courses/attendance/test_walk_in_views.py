import re
import uuid

import pytest
from django.urls import reverse

from courses.attendance.models import Attendance
from courses.choices import Approval, Presence, RegistrationWay
from courses.people.models import Person
from courses.workshops.models import Registration
from tests.courses.attendance.door import make_running
from tests.factories import make_person

pytestmark = pytest.mark.django_db
MARVA = {"full_name": "Marva Louis", "phone": "758 450 1234"}


@pytest.fixture
def workshop(facilitator):
    return make_running(facilitators=[facilitator.person])


@pytest.fixture
def send(client_of, facilitator, workshop):
    """send(**data) posts the walk-in form."""
    client = client_of(facilitator)

    def post(**data):
        data.setdefault("uuid", uuid.uuid4())
        return client.post(reverse("workshop_walk_in", args=[workshop.uuid]), data, follow=True)

    return post


def test_a_walk_in_is_entered_and_here_with_one_form(send, police):
    name = uuid.uuid4()
    for _ in range(2):
        page = send(**MARVA, agency=police.pk, uuid=name)

    assert "Marva Louis is registered and here. Row W1." in page.content.decode()
    marva = Person.objects.get(full_name="Marva Louis")
    assert (marva.phone, marva.agency, marva.approval) == ("+17584501234", police, Approval.APPROVED)
    assert not hasattr(marva, "user")
    found = Registration.objects.get()
    assert (found.person, found.way) == (marva, RegistrationWay.WALK_IN)
    assert Attendance.objects.get().presence == Presence.PRESENT


def test_some_number_is_asked_for_unless_it_is_checked_later(send):
    page = send(full_name="Marva Louis")
    assert page.status_code == 422
    assert "tick “check later”" in page.content.decode()
    assert 'value="Marva Louis"' in page.content.decode()
    assert send(full_name="Marva Louis", phone="x").status_code == 422
    assert send(full_name="", check_later="on").status_code == 422
    assert not Registration.objects.exists()

    assert send(full_name="Marva Louis", check_later="on").status_code == 200
    assert Registration.objects.count() == 1


def test_a_known_number_asks_whether_it_is_this_person_and_merges_nothing(send, police):
    known = make_person(full_name="Marva Louis-Jean", phone="+17584501234")
    page = send(**MARVA)
    text = page.content.decode()
    assert "Is it this person?" in text
    assert "Yes: Marva Louis-Jean" in text
    assert not Registration.objects.exists()

    send(**MARVA, is_it=known.uuid)
    assert Registration.objects.get().person == known
    before = Person.objects.count()
    send(**MARVA, is_it="nobody")
    assert Person.objects.count() == before + 1
    assert Registration.objects.count() == 2
    assert not Person.objects.exclude(merged_into=None).exists()


def test_a_service_number_is_of_one_person_in_an_agency(send, police, hospital):
    known = make_person(full_name="Cletus Charles", agency=police, service_number="PC 12")
    data = {"full_name": "Cletus Charles", "service_number": "pc 12", "agency": police.pk}
    assert "Is it this person?" in send(**data).content.decode()
    # A name that somebody made up chooses nobody.
    assert "Is it this person?" in send(**data, is_it=uuid.uuid4()).content.decode()

    send(**{**data, "service_number": "PC 12"}, is_it="nobody")
    twin = Person.objects.exclude(pk=known.pk).get(full_name="Cletus Charles")
    assert (twin.service_number, twin.agency) == ("", police)
    # Elsewhere the same number is another's.
    assert "Row W2" in send(**{**data, "agency": hospital.pk}).content.decode()


def test_the_form_asks_one_page_and_no_script(client_of, facilitator, workshop, django_assert_max_num_queries):
    client = client_of(facilitator)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("workshop_walk_in", args=[workshop.uuid])).content.decode()

    assert re.findall(r'<input type="(?:text|checkbox)" name="(\w+)"', page) == [
        "full_name", "phone", "service_number", "check_later",
    ]  # fmt: skip
