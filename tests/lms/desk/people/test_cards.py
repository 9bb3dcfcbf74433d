import re
import subprocess

import pytest
from django.utils import timezone

from courses.people import card_sheet
from courses.people.cards import issue_card, user_of
from courses.people.models import CodeCard, Person
from tests.factories import make_person, make_site

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


@pytest.fixture
def person(police):
    return make_person(full_name="Marva Louis", agency=police, service_number="PC 412", phone="+17584521234")


@pytest.fixture
def drawn(monkeypatch):
    """The cards that would be drawn, and no WeasyPrint."""
    printed = []
    monkeypatch.setattr(card_sheet, "draw", lambda cards, request: printed.extend(cards) or b"%PDF-1.7")
    return printed


def text(response):
    return " ".join(response.content.decode().split())


def test_one_card_is_printed_printed_again_and_stopped(desk, person, drawn):
    page, address = f"/admin/people/{person.pk}/", f"/admin/people/{person.pk}/card/"
    assert f'href="{address}"' in text(desk.get(page))
    assert "kept nowhere" in text(desk.get(address))
    assert not CodeCard.objects.exists()

    answer = desk.post(address)
    assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7")
    assert 'filename="cards.pdf"' in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    desk.post(address)
    first, second = drawn
    assert (first.number_ends, first.phone_ends) == ("12", "34")
    person = Person.objects.get(pk=person.pk)
    assert [user_of("PC 412", card.code, at=NOW) for card in drawn] == [None, person.user]

    assert "Has a code card, printed on" in text(desk.get(page))
    assert "is stopped" in text(desk.post(f"{page}card/stop/", follow=True))
    assert user_of("PC 412", second.code, at=NOW) is None


def test_many_are_told_apart_before_anything_is_printed(desk, person, police, constable, focal_point, drawn):
    having = make_person(full_name="Ann Joseph", agency=police, service_number="77")
    issue_card(having, actor=None, at=NOW)
    people = [person, having, constable.person, focal_point.person]
    keys = ",".join(str(one.pk) for one in people)

    page = text(desk.post("/admin/people/", {"deed": "cards", "row": [one.pk for one in people]}))
    for words in ("Get a card (1)", "Get a new card, and the old one stops (1)", "Get no card (2)"):
        assert words in page, words
    assert CodeCard.objects.count() == 1

    answer = desk.post("/admin/people/cards/", {"chosen": keys, "step": "do"})
    assert answer["Content-Type"] == "application/pdf"
    assert [card.name for card in drawn] == ["Ann Joseph", "Marva Louis"]
    assert CodeCard.objects.filter(revoked_at=None).count() == 2


def test_without_anybody_to_print_for_it_says_why(desk, constable, drawn):
    answer = desk.post("/admin/people/cards/", {"chosen": constable.person.pk, "step": "do"}, follow=True)

    assert "Get no card: Constance Joseph" in text(answer)
    assert not CodeCard.objects.exists()


def test_a_sheet_that_cannot_be_drawn_leaves_the_old_card_in_force(desk, person, monkeypatch):
    code = issue_card(person, actor=None, at=NOW)

    def fail(cards, request):
        raise RuntimeError

    monkeypatch.setattr(card_sheet, "draw", fail)
    desk.raise_request_exception = False
    assert desk.post(f"/admin/people/{person.pk}/card/").status_code == 500
    assert user_of("PC 412", code, at=NOW) is not None


def test_the_telephone_is_cleaned_searched_and_not_exported(desk, person):
    address = f"/admin/people/edit/{person.pk}/"
    form = {
        "full_name": "Marva Louis",
        "agency": person.agency_id,
        "language": "en",
        "service_number": "PC 412",
    }
    wrong = desk.post(address, {**form, "phone": "ask her"})
    desk.post(address, {**form, "phone": "758 452-9999"})

    assert "Enter a telephone number in digits" in text(wrong)
    assert Person.objects.get(pk=person.pk).phone == "+17584529999"
    assert list(desk.get("/admin/people/", {"q": "4529999"}).context["object_list"]) == [person]
    sheet = b"".join(desk.get("/admin/people/", {"export": "csv"}).streaming_content)
    assert b"4529999" not in sheet
    assert b"Marva" in sheet


@pytest.mark.drawn
def test_ten_cards_to_a_page_without_a_whole_number(rf, tmp_path):
    cards = [
        card_sheet.Card(
            f"Éloïse Du Boulay {n}" + " of the longest name there is" * (n % 3),
            "12",
            "34" * (n % 2),
            "ABCD-EFGH-JKMN",
        )
        for n in range(11)
    ]
    file = tmp_path / "cards.pdf"
    file.write_bytes(card_sheet.draw(cards, rf.get("/")))

    told = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("\f") == 2
    assert len(re.findall("ABCD-EFGH-JKMN", told)) == 11
    assert "ends in 12" in " ".join(told.split())
    assert "Learning" in told
