import re
import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.urls import reverse

from courses.attendance import own_code
from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import AttendanceMethod, Presence, RegistrationWay
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
