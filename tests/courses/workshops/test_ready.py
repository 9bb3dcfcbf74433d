"""What is printed before the day: who is on it, what is not, and that it breaks well."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from courses.choices import RegistrationWay
from courses.directory.models import ContactRole
from courses.workshops.models import Registration, Session
from courses.workshops.sheets import get_ready
from courses.workshops.sizing import fit, width
from courses.workshops.wall_codes import ALPHABET, give_wall_codes
from tests.factories import make_agency, make_entry, make_person, make_registration, make_workshop

pytestmark = pytest.mark.django_db

LONG = "Wilhelmina Marie-Antoinette Featherstonehaugh-Montgomery Jn. Baptiste"


def html(client, name, workshop, *args, **query):
    answer = client.post(reverse(name, args=[workshop.uuid, *args], query=query), follow=True)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def labels(text):
    return re.findall(r'<td class="n">(.*?)</td>', text)


def test_the_sheet_has_a_row_for_each_and_empty_ones(desk):
    make_entry()
    make_entry(role=ContactRole.DISTRESS_HELPLINE, name="Someone", phone="203")
    agency = make_agency(name="Royal Saint Lucia Police Force", short_name="RSLPF")
    facts = {"agency": agency, "phone": "+17585550199", "service_number": "PC 4711", "sex": "female"}
    workshop = make_workshop()
    make_registration(workshop, make_person(full_name="Nadège St. Prix", **facts))
    alcide = make_registration(workshop, make_person(full_name="Thomas Alcide", agency=agency))
    make_registration(
        workshop, make_person(full_name="Marva Louis", agency=agency), way=RegistrationWay.WALK_IN
    )

    text = html(desk, "workshop_sheet", workshop, 1, blank=2)

    assert labels(text) == ["1", "2", "W1", "W2", "W3"]
    names = re.findall(r'<th class="name" scope="row">(.*?)</th>', text)
    assert names == ["Alcide, Thomas", "St. Prix, Nadège", "Louis, Marva"]
    assert "RSLPF" in text
    assert "847" in text
    assert "203" in text
    for kept_out in ("5550199", "4711", "female", "Royal Saint"):
        assert kept_out not in text
    alcide.refresh_from_db()
    assert alcide.row == 1


@pytest.mark.parametrize("name", ["workshop_sheet", "workshop_cards", "workshop_poster"])
def test_only_the_button_gives_rows_and_codes(desk, name):
    workshop = make_workshop()
    registration = make_registration(workshop, make_person())
    address = reverse(name, args=[workshop.uuid, *([] if name == "workshop_cards" else [1])])

    for answer in (desk.get(address), desk.head(address)):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("workshop_ready", args=[workshop.uuid])
    registration.refresh_from_db()
    assert registration.row is None
    assert not workshop.sessions.exclude(wall_code="").exists()
    assert f'formaction="{address}' in desk.get(answer["Location"]).content.decode()

    assert desk.post(address)["Location"] == address
    registration.refresh_from_db()
    assert registration.row == 1
    assert not workshop.sessions.filter(wall_code="").exists()


def test_who_registers_later_stands_at_the_end(desk):
    workshop = make_workshop()
    make_registration(workshop, make_person(full_name="Zoe Zephirin"))
    html(desk, "workshop_sheet", workshop, 1)
    make_registration(workshop, make_person(full_name="Aaron Alcide"))

    text = html(desk, "workshop_sheet", workshop, 2, blank=0)

    assert labels(text) == ["1", "2"]
    assert text.index("Zephirin") < text.index("Alcide")


@pytest.mark.parametrize(("typed", "rows"), [("", 6), ("0", 0), ("9999", 6), ("99", 40), ("-1", 6), ("٣", 6)])
def test_empty_rows_are_as_many_as_asked_for_within_reason(desk, typed, rows):
    assert len(labels(html(desk, "workshop_sheet", make_workshop(), 1, blank=typed))) == rows


def test_cards_leave_out_an_agency_that_must_stay_unknown(desk):
    shelter, agency = make_agency(name="A shelter"), make_agency(name="An office")
    workshop = make_workshop()
    make_registration(workshop, make_person(agency=shelter, agency_on_certificate=False))
    make_registration(workshop, make_person(agency=agency))

    text = html(desk, "workshop_cards", workshop)

    assert "An office" in text
    assert "shelter" not in text


def test_the_poster_names_no_topic_and_no_title(desk):
    workshop = make_workshop(title="Identifying victims")

    text = html(desk, "workshop_poster", workshop, 1)

    assert "Learning" in text
    assert "Identifying" not in text
    assert workshop.sessions.first().wall_code in text


def test_a_session_that_is_not_there_has_no_print(desk):
    workshop = make_workshop(sessions=1)

    get_ready(workshop)
    for n in (0, 2, 10**12):
        assert desk.get(reverse("workshop_sheet", args=[workshop.uuid, n])).status_code == 404


def test_wall_codes_are_given_once_and_are_no_words():
    workshop = make_workshop(days=3)
    give_wall_codes(workshop)
    codes = list(Session.objects.values_list("wall_code", flat=True))
    give_wall_codes(workshop)

    assert codes == list(Session.objects.values_list("wall_code", flat=True))
    assert len(set(codes)) == 6
    assert all(len(code) == 4 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("AEIOU01L2Z5S8B")


@pytest.mark.parametrize("name", ["Jo Li", LONG, "W" * 60, "MWMWMW " * 8 + "MWMW"])
def test_a_name_of_any_length_fits_its_card(name):
    setting = fit(name, room=92, largest=32, smallest=13, most_lines=3)

    assert " ".join(setting.lines) == name
    if " " in name:
        assert len(setting.lines) <= 3
        assert max(width(line) for line in setting.lines) * setting.size <= 92 * 72 / 25.4


@pytest.mark.drawn
def test_a_long_list_breaks_well_and_is_tagged(desk):
    workshop = make_workshop(title="Asking with care")
    agency = make_agency(name="Ministry of External Affairs, International Trade, Civil Aviation and Diaspora")
    people = [
        make_person(full_name=LONG if n % 9 == 0 else f"Ann{n} Alcide{n}", agency=agency) for n in range(41)
    ]
    Registration.objects.bulk_create(
        Registration(workshop=workshop, person=one, at=workshop.created_at) for one in people
    )

    content = desk.post(reverse("workshop_sheet", args=[workshop.uuid, 1]), follow=True).content
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert 4 <= len(pages) <= 7
    for n, text in enumerate(pages, 1):
        assert f"{n} / {len(pages)}" in text
        assert "Signature" in text
    assert all(f"Alcide{n}," in "".join(pages).replace("\n", "") for n in (1, 20, 40))
    assert "W6" in pages[-1]
