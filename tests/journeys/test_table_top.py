"""Four agencies around a table: printed beforehand, played with nothing but the paper, entered afterwards."""

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from courses.national import files
from courses.national.loading import Loader
from courses.national.procedures import install_procedure
from courses.national.scenarios import install_scenarios
from courses.national.table_tops import install_table_tops
from courses.room.tables.models import TableResult
from tests.browser import assert_good_page, go, let_in, press
from tests.factories import make_course_page, make_workshop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STORY = {one["id"]: one for one in files.read("scenarios/P1")["situations"]}


@pytest.fixture
def workshop(facilitator):
    loader = Loader(timezone.now())
    clauses = install_procedure(loader)
    install_scenarios(loader, make_course_page(), clauses)
    install_table_tops(loader, clauses)
    return make_workshop(title="Referral together", facilitators=[facilitator.person])


def words(text):
    return " ".join(text.split())


class Paper:
    """What lies on the table: the text of the printed cards. It knows no database and no network."""

    def __init__(self, pdf):
        self.pages = [words(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]
        found = re.findall(r"(\d+[A-E]) (\D+?) (\d+)(?= |$)", self.part("What follows"))
        self.follows = {mark: int(card) for mark, _consequence, card in found}

    def part(self, name):
        """The pages that say at their foot that they are this part."""
        return " ".join(page for page in self.pages if re.search(rf"{name} \d+/\d+$", page))

    def letter_of(self, choice):
        """The letter that stands at a choice on its card."""
        return re.search(re.escape(choice) + r" ?([A-E])", self.part("Cards"))[1]


def play(paper, decide):
    """The way of a table, from card 1 on. `decide(situation)`: the choice that it makes; None: time is up."""
    way, card, place = [], 1, next(iter(STORY))
    while place in STORY:
        chosen = decide(STORY[place])
        if chosen is None:
            break
        way.append(f"{card}{paper.letter_of(words(chosen['text']))}")
        card, place = paper.follows[way[-1]], chosen["to"]
    return " ".join(way)


def by_the_procedure(situation):
    return max(situation["choices"], key=lambda choice: choice["points"])


def test_four_agencies_finish_with_the_server_off(workshop, facilitator, open_tab, live_server):
    # In the office: chosen and printed
    tab = open_tab()
    let_in(tab, facilitator, live_server)
    go(tab, reverse("workshop_table_tops", args=[workshop.uuid]))
    assert_good_page(tab)
    press(tab)
    printed = {
        name: tab.context.request.get(tab.get_by_role("link", name=name).get_attribute("href")).body()
        for name in ("Cards for a table", "Sheets for the trainer")
    }
    assert len(PdfReader(io.BytesIO(printed["Sheets for the trainer"])).pages) <= 6

    # In the room: no network, no computer
    tab.context.set_offline(True)
    paper = Paper(printed["Cards for a table"])
    for agency in ("Police", "Immigration", "Health", "Human Services"):
        assert f"Role card {agency} You " in paper.part("Role cards")
    best = play(paper, by_the_procedure)
    assert len(best.split()) == 10
    hasty = play(paper, lambda one: one["choices"][0] if one["id"] in ("arrival", "silent") else None)
    assert len(hasty.split()) == 2

    # Afterwards, from the sheets
    tab.context.set_offline(False)
    for n, (way, mark, ending) in enumerate(
        [
            (best, "done", "It ended with “A night with choices”."),
            (hasty, "missed", "It ended with “Held, not helped”."),
        ],
        1,
    ):
        go(tab, reverse("workshop_table_tops", args=[workshop.uuid]))
        press(tab, tab.get_by_role("link", name="Enter a table"))
        assert tab.input_value("[name=table]") == str(n)
        tab.fill("[name=way]", way)
        if n == 2:
            tab.check("[name=absent][value=Immigration]")
        press(tab)
        assert ending in tab.inner_text("main")
        if n == 1:
            assert_good_page(tab)
        for option in tab.locator(f"[name^=duty-][value={mark}]").all():
            option.check()
        press(tab, "[name=save]")
        assert f"Table {n}: kept." in tab.inner_text("main")
    assert [len(one.marks) for one in TableResult.objects.order_by("table")] == [22, 2]

    press(tab, tab.get_by_role("link", name="Debrief, by clause and agency"))
    assert_good_page(tab)
    told = words(tab.inner_text("main"))
    assert "Clause 2 Make safe" in told
    assert "Police Moves the manager out of sight and hearing, with an ordinary reason 2 1 0 1" in told
    assert "Immigration Keeps the question of papers back until people are safe 1 1 0 0" in told
    assert "It treats a possible victim as an offender" in told
