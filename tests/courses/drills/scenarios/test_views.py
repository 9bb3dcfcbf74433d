"""Playing by plain pages: what is told when, and nothing before."""

import uuid

import pytest
from django.utils import timezone

from courses.choices import CriticalError, ScenarioMode
from courses.drills.scenarios import runs
from courses.drills.scenarios.models import Move, Run
from tests.factories import (
    choice,
    ending,
    make_course_page,
    make_enrolment,
    make_module,
    make_scenario,
    publish,
    set_outline,
    situation,
)

pytestmark = pytest.mark.django_db

WARNS = str(CriticalError.ALERTS_SUSPECT.label)


@pytest.fixture
def page():
    return make_course_page()


@pytest.fixture
def scenario(page):
    return make_scenario(page, title="The door")


@pytest.fixture
def enrolment(page, scenario, constable):
    set_outline(page, [make_module(scenario)])
    return make_enrolment(constable.person, page.course)


@pytest.fixture
def client(client_of, constable, enrolment):
    return client_of(constable)


def begin(client, scenario, **data):
    client.post(f"/scenarios/{scenario.translation_key}/", data)
    return Run.objects.latest("pk")


def choose(client, run, place, n):
    story = {one["id"]: one for one in run.edition.story["situations"]}
    data = {"choice": story[place]["choices"][n]["id"], "uuid": str(uuid.uuid4())}
    return client.post(f"/runs/{run.uuid}/at/{place}/", data, follow=True)


def text_of(response):
    return response.content.decode()


def test_the_content_note_stands_before_the_start(client, scenario):
    shown = text_of(client.get(f"/scenarios/{scenario.translation_key}/"))
    assert "It mentions threats." in shown
    assert "FICTIONAL – practice" in shown
    assert Run.objects.count() == 0


def test_from_the_beginning_to_the_end(client, scenario):
    run = begin(client, scenario)
    at_door = client.get(f"/runs/{run.uuid}/", follow=True)
    assert at_door.redirect_chain[-1][0] == f"/runs/{run.uuid}/at/door/"

    in_room = choose(client, run, "door", 0)
    assert "That leads to room." in text_of(in_room)
    ended = choose(client, run, "room", 0)
    assert "She was heard." in text_of(ended)
    assert "You passed this case" in text_of(ended)
    looked_back = text_of(client.get(f"/runs/{run.uuid}/review/"))
    assert "Ask to speak alone" in looked_back
    assert "Make it safe." in looked_back


def test_whoever_missed_a_step_does_not_read_of_success(client, scenario):
    run = begin(client, scenario)
    choose(client, run, "door", 1)
    choose(client, run, "repair", 0)
    ended = text_of(choose(client, run, "room", 0))
    assert "A step was missed." in ended
    assert "She was heard." not in ended
    assert WARNS in ended
    looked_back = text_of(client.get(f"/runs/{run.uuid}/review/"))
    assert "The procedure asks for:" in looked_back


def test_no_page_before_a_choice_tells_what_it_is_worth(client, scenario):
    run = begin(client, scenario)
    shown = text_of(client.get(f"/runs/{run.uuid}/at/door/"))
    for word in ("points", "alerts_suspect", WARNS, "That leads to", "Make it safe."):
        assert word not in shown


def test_in_a_test_what_follows_is_not_told_before_the_end(client, scenario):
    scenario.mode = ScenarioMode.COUNTED
    publish(scenario)
    run = begin(client, scenario)
    assert "That leads to repair." not in text_of(choose(client, run, "door", 1))
    assert "Go back" not in text_of(client.get(f"/runs/{run.uuid}/at/repair/"))
    assert client.get(f"/runs/{run.uuid}/at/door/").url == f"/runs/{run.uuid}/at/repair/"
    assert client.get(f"/runs/{run.uuid}/review/").status_code == 302


def test_going_back_is_allowed_in_practice_and_kept(client, scenario):
    run = begin(client, scenario)
    choose(client, run, "door", 1)
    back = client.post(f"/runs/{run.uuid}/at/door/", {"back": "yes"}, follow=True)
    assert back.redirect_chain[-1][0] == f"/runs/{run.uuid}/at/door/"
    assert "You chose this before." in text_of(back)
    assert list(run.moves.values_list("situation", "choice")[1:]) == [("door", "")]


def test_nothing_chosen_is_asked_again(client, scenario):
    run = begin(client, scenario)
    refused = client.post(f"/runs/{run.uuid}/at/door/", {})
    assert refused.status_code == 422
    assert "Choose what you would do." in text_of(refused)
    assert Move.objects.count() == 0


def test_a_form_sent_twice_is_one_choice(client, scenario):
    run = begin(client, scenario)
    data = {"choice": run.edition.story["situations"][0]["choices"][0]["id"], "uuid": str(uuid.uuid4())}
    for _ in range(2):
        client.post(f"/runs/{run.uuid}/at/door/", data)
    assert Move.objects.count() == 1


@pytest.mark.parametrize("choice", ["gone", "x" * 500, "0"])
def test_what_no_form_offers_moves_nobody(client, scenario, choice):
    run = begin(client, scenario)
    client.post(f"/runs/{run.uuid}/at/door/", {"choice": choice}, follow=True)
    assert run.played().here == "door"


def test_places_come_in_the_same_order_each_time_and_not_as_written(page, client, scenario, constable):
    ways = [choice(f"Way {n}", "end", 2 if n == 0 else 0) for n in range(5)]
    other = make_scenario(page, [situation("many", *ways), ending("end")])
    set_outline(page, [make_module(scenario, other)])
    run = begin(client, other)
    orders = [
        [one["text"] for one in client.get(f"/runs/{run.uuid}/at/many/").context["choices"]] for _ in range(2)
    ]
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == [f"Way {n}" for n in range(5)]


def test_somebody_elses_run_is_not_there(client_of, client, scenario, nurse):
    run = begin(client, scenario)
    others = client_of(nurse)
    for address in (f"/runs/{run.uuid}/", f"/runs/{run.uuid}/at/door/", f"/runs/{run.uuid}/review/"):
        assert others.get(address).status_code == 404


def test_skipping_a_case_takes_the_other_with_the_same_credit(page, client, scenario):
    other = make_scenario(page, title="The window")
    scenario.instead = other
    publish(scenario)
    assert "“The window” counts the same." in text_of(client.get(f"/scenarios/{scenario.translation_key}/"))
    run = begin(client, scenario, instead="yes")
    assert (run.edition.title, run.credit_key) == ("The window", scenario.translation_key)


def test_the_outline_leads_to_it_and_says_how_it_stands(client, page, scenario, enrolment):
    shown = text_of(client.get(f"/courses/{page.slug}/"))
    assert f"/scenarios/{scenario.translation_key}/" in shown
    run = begin(client, scenario)
    runs.choose(
        run,
        [
            runs.Choice(uuid.uuid4(), one["id"], one["choices"][0]["id"])
            for one in run.edition.story["situations"]
            if one["id"] != "repair"
        ],
        actor=None,
        at=timezone.now(),
    )
    part = client.get(f"/courses/{page.slug}/").context["standing"]
    assert [state for _module, rows in part.rows() for _part, state in rows] == ["done"]
