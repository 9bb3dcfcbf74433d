"""The page of a person's own card, and the stamp by which a kept copy is told from it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.directory.models import Entry
from courses.people import devices
from lms.offline.cards import stamp_for
from tests.courses.procedures.writing import make_procedure
from tests.factories import make_entry, make_pocket_card, make_post, make_user

pytestmark = pytest.mark.django_db
CARD = "/card/"


@pytest.fixture
def card():
    make_entry(role="emergency", name="Emergency services", phone="911", checked_on=datetime.date(2026, 5, 3))
    make_entry(role="labour", phone="555")
    return make_pocket_card("police", contacts=["emergency", "hotline"])


def page_of(client):
    return client.get(CARD).content.decode()


def stamp_on(page):
    return re.search(r'data-card-stamp="(\w*)"', page)[1]


def test_the_card_of_ones_own_sector_is_shown(client_of, constable, nurse, card):
    make_pocket_card("health", steps=[("step", "Treat first.")])

    page, hers = page_of(client_of(constable)), page_of(client_of(nurse))

    assert re.search(r"<title>\s*My card – ", page)
    assert "Meet needs first." in page
    assert '<a class="dial" href="tel:911">911' in page
    assert "Checked on 3 May 2026." in page
    assert '<b lang="es">Usted decide.</b>' in page
    assert "555" not in page  # of the directory, but not for this card
    assert stamp_on(page) == stamp_for(constable.person) != ""
    assert "Treat first." in hers
    assert "Meet needs first." not in hers


def test_a_number_of_the_post_abroad_takes_the_place_of_the_one_at_home(client_of, constable, card):
    at_home = stamp_for(constable.person)
    post = make_post(name="London", abroad=True, agency=constable.person.agency)
    make_entry(role="emergency", post=post, phone="999")
    constable.person.post = post
    constable.person.save()

    page = page_of(client_of(constable))

    assert 'href="tel:999"' in page
    assert "may not work from where you are posted" in page
    assert stamp_for(constable.person) == stamp_on(page) != at_home


def test_the_stamp_changes_with_the_contacts_of_the_card_alone(constable, colleague, card):
    def stamp():
        return stamp_for(constable.person)

    stamps = [stamp()]
    assert stamp_for(colleague.person) == stamps[0]
    Entry.objects.get(role="labour").delete()
    make_entry(role="prosecutor")
    card.note = "Another note"
    card.save()
    assert stamp() == stamps[0]

    emergency = Entry.objects.get(role="emergency")
    for change in ({"phone": "112"}, {"checked_on": timezone.localdate()}, {"note": "Ask for the desk."}):
        for name, value in change.items():
            setattr(emergency, name, value)
        emergency.save()
        stamps.append(stamp())
    new = make_entry(role="hotline")
    stamps.append(stamp())
    new.delete()

    assert len(set(stamps)) == 5
    assert stamp() == stamps[3]


def test_devices_are_told_the_stamp(client_of, constable, nurse, card):
    told = [client_of(one).get("/sync/").json()["card"] for one in (constable, nurse)]

    assert told == [stamp_for(constable.person), ""]


def test_who_has_no_card_is_told_why(client_of, nurse, card):
    placeless = make_user()
    placeless.person.agency = None
    placeless.person.save()

    page, without_sector = page_of(client_of(nurse)), page_of(client_of(placeless))

    assert "There is no card for your line of work yet." in page
    assert "Your record does not say what your line of work is" in without_sector
    assert (
        stamp_for(nurse.person)
        == stamp_for(placeless.person)
        == stamp_on(page)
        == stamp_on(without_sector)
        == ""
    )
    assert client_of(make_user(person=None)).get(CARD).status_code == 403


def test_only_an_own_device_is_offered_to_keep_it(client_of, constable, card):
    client = client_of(constable)
    shared = page_of(client)
    session = client.session
    session[devices.OWN] = True
    session.save()
    own = page_of(client)

    assert ("Keep this card on this device" in shared, "This is a shared device" in shared) == (False, True)
    assert ("Keep this card on this device" in own, "This is a shared device" in own) == (True, False)


def test_a_card_names_its_clauses_by_number_and_title_and_leads_to_them(client_of, constable):
    cited, other, _last = make_procedure().clauses.all()
    make_pocket_card("police", clauses=[("clause", cited)])

    page = page_of(client_of(constable))

    assert f'<a href="{reverse("clause", args=[cited.uuid])}">Clause {cited}</a>' in page
    assert str(other) not in page


def test_the_home_leads_to_the_card_where_there_is_one(client_of, constable, nurse, card):
    link = f'href="{reverse("my_card")}"'

    assert link in client_of(constable).get("/").content.decode()
    assert link not in client_of(nurse).get("/").content.decode()


def test_the_page_costs_the_same_with_one_contact_and_with_all(
    client_of, constable, django_assert_max_num_queries
):
    make_pocket_card(contacts=["emergency", "hotline", "labour", "prosecutor", "human_services"])
    client = client_of(constable)
    page_of(client)

    with django_assert_max_num_queries(6):
        page_of(client)
