"""The pages of a table-top exercise, as whoever runs the workshop sees them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import WorkshopState
from courses.drills.tabletop import deck
from courses.room.tables import holding
from courses.room.tables.models import TableResult, TableTopHeld
from tests.courses.quizzes.pages import text_of
from tests.factories import make_table_top, make_workshop

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def workshop(facilitator):
    return make_workshop(facilitators=[facilitator.person])


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


@pytest.fixture
def held(workshop):
    return holding.hold(workshop, make_table_top(), actor=None, at=NOW)


def url(name, held):
    return reverse(name, args=[held.workshop.uuid, held.uuid])


def way_of(held, *ways):
    story = {one["id"]: one["choices"] for one in held.edition.content["story"]["situations"]}
    return deck.written([(place, story[place][n]["id"]) for place, n in ways], held.edition.cards())


def marks_of(held, mark="done", at=("door", "room")):
    return {f"duty-{one['id']}": mark for one in held.edition.content["duties"] if one["at"] in at}


def test_from_nothing_to_prints(client, workshop):
    address = reverse("workshop_table_tops", args=[workshop.uuid])
    assert "No exercise is written yet." in text_of(client.get(address))
    table_top = make_table_top(title="The raid, at a table")
    assert "The raid, at a table" in text_of(client.get(address))
    page = client.post(address, {"table_top": table_top.pk}, follow=True)
    assert "The exercise is fixed as it is now." in text_of(page)
    held = TableTopHeld.objects.get()
    for name in ("table_top_cards", "table_top_trainer"):
        assert url(name, held) in page.content.decode()
        printed = client.get(url(name, held))
        assert printed["Content-Type"] == "application/pdf"
        assert printed.content.startswith(b"%PDF")


@pytest.mark.parametrize("said", ["", "x", "999999", "²", "1 OR 1"])
def test_no_exercise_or_one_that_is_not_there_is_said(client, workshop, said):
    address = reverse("workshop_table_tops", args=[workshop.uuid])
    assert "Choose an exercise." in text_of(client.post(address, {"table_top": said}, follow=True))
    assert not TableTopHeld.objects.exists()


def test_a_table_is_typed_looked_at_and_kept(client, held):
    address, way = url("table_top_enter", held), way_of(held, ("door", 0), ("room", 0))
    looked = client.post(address, {"table": 1, "way": way, "look": "1"})
    assert "Ask to speak alone" in text_of(looked)
    assert "Police: Moves the man out of sight" in text_of(looked)
    assert not TableResult.objects.exists()
    kept = client.post(address, {"table": 1, "way": way, "save": "1", **marks_of(held)}, follow=True)
    assert "Table 1: kept." in text_of(kept)
    assert "1 table is in" in text_of(kept)
    # The next table is offered.
    assert client.get(address).context["form"]["table"].value() == 2


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(client, held):
    way = way_of(held, ("door", 0), ("room", 0))
    marks = marks_of(held)
    marks.popitem()
    page = client.post(url("table_top_enter", held), {"table": 1, "way": way, "save": "1", **marks})
    assert page.status_code == 422
    assert way in page.content.decode()
    assert page.content.decode().count("checked") == 2
    assert not TableResult.objects.exists()


def test_a_way_that_does_not_fit_is_told_in_words(client, held):
    page = client.post(url("table_top_enter", held), {"table": 1, "way": "1Z", "look": "1"})
    assert page.status_code == 422
    assert "Card 1 has no choice as in “1Z”." in text_of(page)


def test_a_way_changed_after_looking_asks_for_other_duties(client, held):
    address, marks = url("table_top_enter", held), marks_of(held, at=["door"])
    page = client.post(address, {"table": 1, "way": way_of(held, ("door", 0)), "save": "1", **marks})
    assert page.status_code == 422
    assert "Health: Treats her alone" in text_of(page)


def test_a_table_nobody_sat_at_is_none(client, held):
    data = {"table": 1, "way": way_of(held, ("door", 2)), "absent": ["Police", "Health"], "look": "1"}
    page = client.post(url("table_top_enter", held), data)
    assert "leave one agency unticked at least" in text_of(page)


def test_a_correction_asks_why(client, held):
    address, way = url("table_top_enter", held), way_of(held, ("door", 2))
    data = {"table": 1, "way": way, "save": "1", **marks_of(held, at=["door"])}
    client.post(address, data)
    again = client.post(address, data)
    assert again.status_code == 422
    assert "say why" in text_of(again)
    # Nothing that was ticked is lost.
    assert again.content.decode().count("checked") == 2
    told = client.post(address, {**data, "reason": "Call 758 468 3754"})
    assert told.status_code == 422
    client.post(address, {**data, "reason": "A letter was mistyped"})
    assert TableResult.objects.count() == 2
    assert client.get(f"{address}?table=1").status_code == 200


def test_the_debrief_says_what_was_missed_by_whom(client, held):
    address = url("table_top_debrief", held)
    assert "Enter the first table" in text_of(client.get(address))
    way = way_of(held, ("door", 1), ("repair", 1))
    data = {"table": 4, "way": way, "save": "1", **marks_of(held, "missed", at=["door"])}
    client.post(url("table_top_enter", held), data)
    words = text_of(client.get(address))
    assert "Moves the man out of sight" in words
    assert "It warns the suspect" in words
    assert way in words


def test_it_is_taken_off_after_a_question(client, held):
    address = url("table_top_drop", held)
    assert "is not held at this workshop then" in text_of(client.get(address))
    assert TableTopHeld.objects.exists()
    client.post(address)
    assert not TableTopHeld.objects.exists()


def test_a_closed_workshop_shows_and_refuses(client, held, workshop):
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert "nothing can be entered" in text_of(client.get(url("table_top_enter", held)))
    page = client.get(reverse("workshop_table_tops", args=[workshop.uuid]))
    assert url("table_top_enter", held) not in page.content.decode()
    assert url("table_top_cards", held) in page.content.decode()


def test_of_another_workshop_it_is_not_there(client, held, facilitator):
    other = make_workshop(facilitators=[facilitator.person])
    for name in (
        "table_top_cards",
        "table_top_trainer",
        "table_top_enter",
        "table_top_debrief",
        "table_top_drop",
    ):
        assert client.get(reverse(name, args=[other.uuid, held.uuid])).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_many(client, workshop, django_assert_max_num_queries):
    for _n in range(4):
        holding.hold(workshop, make_table_top(), actor=None, at=NOW)
    client.get(reverse("workshop_table_tops", args=[workshop.uuid]))
    with django_assert_max_num_queries(20):
        client.get(reverse("workshop_table_tops", args=[workshop.uuid]))
