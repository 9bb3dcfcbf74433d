"""A case that was played on a telephone without a network, and sent later."""

import uuid

import pytest

from courses.choices import AttemptOrigin, RunState
from courses.drills.scenarios.models import Move, Run, ScenarioEdition
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_module,
    make_scenario,
    publish,
    set_outline,
)
from tests.lms.offline.sending import item, send, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario():
    page = make_course_page()
    scenario = make_scenario(page, title="The door")
    set_outline(page, [make_module(scenario)])
    return scenario


@pytest.fixture
def phone(client_of, constable, scenario):
    make_enrolment(constable.person, scenario.get_parent().specific.course)
    client = client_of(constable)
    return lambda *items, **kwargs: send(client, constable, *items, **kwargs)


def chosen(scenario, run, situation, n, **fields):
    edition = ScenarioEdition.objects.filter(scenario_key=scenario.translation_key).earliest("n")
    story = {one["id"]: one for one in edition.story["situations"]}
    fields = {"choice": "" if n is None else story[situation]["choices"][n]["id"], "edition": 1, **fields}
    return item("choice", run=str(run), scenario=str(scenario.translation_key), situation=situation, **fields)


def test_a_whole_case_is_sent_at_once_and_once(phone, scenario):
    run = uuid.uuid4()
    moves = [chosen(scenario, run, "door", 0), chosen(scenario, run, "room", 0)]

    first, second = phone(*moves), phone(*moves)

    assert statuses(first) == [("accepted", ""), ("accepted", "")]
    assert "“The door” is finished." in first[1]["words"]
    assert first[1]["address"] == f"/runs/{run}/"
    assert statuses(second) == [("duplicate", ""), ("duplicate", "")]
    (kept,) = Run.objects.all()
    assert (kept.origin, kept.state, kept.uuid) == (AttemptOrigin.DEVICE, RunState.ENDED, run)
    assert kept.latest_marking().passed
    assert [move.device_seq for move in kept.moves.all()] == [one["seq"] for one in moves]


def test_what_was_begun_with_an_older_edition_goes_on_with_it(phone, scenario):
    scenario.pass_mark = 90
    publish(scenario)
    run = uuid.uuid4()
    assert statuses(phone(chosen(scenario, run, "door", 0))) == [("accepted", "")]
    assert Run.objects.get().edition.n == 1


def test_two_devices_are_two_runs_and_nothing_is_lost(phone, scenario):
    phone(chosen(scenario, uuid.uuid4(), "door", 0))
    phone(chosen(scenario, uuid.uuid4(), "door", 1), device=str(uuid.UUID(int=9)))
    assert Run.objects.count() == 2
    assert Move.objects.count() == 2


def test_a_step_back_is_kept(phone, scenario):
    run = uuid.uuid4()
    phone(chosen(scenario, run, "door", 1), chosen(scenario, run, "door", None))
    assert list(Run.objects.get().moves.values_list("situation", flat=True)) == ["door", "door"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"edition": "1"},
        {"edition": 0},
        {"edition": 2**40},
        {"choice": None},
        {"choice": "x" * 41},
        {"run": "somebody"},
        {"scenario": 7},
        {"situation": ""},
        {"situation": "x" * 61},
        {"situation": ["door"]},
    ],
)
def test_what_no_device_of_ours_sends_is_refused(phone, scenario, wrong):
    sent = {**chosen(scenario, uuid.uuid4(), "door", 0), **wrong}
    assert statuses(phone(sent)) == [("refused", "malformed")]
    assert Run.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"edition": 7}, {"scenario": str(uuid.uuid4())}])
def test_what_is_not_there_is_refused(phone, scenario, wrong):
    sent = {**chosen(scenario, uuid.uuid4(), "door", 0), **wrong}
    assert statuses(phone(sent)) == [("refused", "absent")]


def test_somebody_elses_run_is_refused(phone, client_of, scenario, nurse):
    make_enrolment(nurse.person, scenario.get_parent().specific.course)
    run = uuid.uuid4()
    phone(chosen(scenario, run, "door", 0))
    others = send(client_of(nurse), nurse, chosen(scenario, run, "room", 0))
    assert statuses(others) == [("refused", "absent")]
    assert Move.objects.count() == 1


def test_the_document_for_the_device_tells_nothing_of_what_choices_are_worth(
    client_of, constable, phone, scenario
):
    page = client_of(constable).get(f"/scenarios/{scenario.translation_key}/story/").content.decode()
    assert "That leads to repair." in page
    for word in ("points", "alerts_suspect", "critical", "Make it safe."):
        assert word not in page
