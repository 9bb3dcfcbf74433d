"""The four branching scenarios as written: rules that no author may break by accident."""

import re
from functools import cache
from statistics import mean

import pytest

from courses.catalogue.readability import paragraphs_of, read
from courses.choices import CriticalError, DrillStep
from courses.national import files

PATHS = sorted((files.FOLDER / "scenarios").glob("*.yaml"))
SCENARIOS = [files.read_yaml(path) for path in PATHS]
CLAUSES = {clause["number"] for clause in files.read("procedure")["clauses"]}

SCENARIO = {
    *("code", "module", "sectors", "title", "summary", "content_note"),
    *("minutes", "pass_mark", "start", "situations", "endings"),
}
SITUATION = {"id", "title", "text", "step", "asks", "clauses", "choices"}
CHOICE = {"text", "to", "points", "consequence"}
ENDING = {"id", "kind", "title", "text", "debrief"}

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=[path.stem for path in PATHS])


def situations(scenario):
    return {situation["id"]: situation for situation in scenario["situations"]}


def endings(scenario):
    return {ending["id"]: ending for ending in scenario["endings"]}


def choices(scenario):
    """Each choice with the situation it stands in."""
    for situation in scenario["situations"]:
        for choice in situation["choices"]:
            yield situation, choice


def best_of(situation):
    return max(situation["choices"], key=lambda choice: choice["points"])


def repairs(scenario):
    """The ids of the situations that only a choice without points leads to."""
    led_to = {choice["to"] for _situation, choice in choices(scenario) if choice["points"]}
    return set(situations(scenario)) - led_to - {scenario["start"]}


def most_points(scenario, *, to, critical=True):
    """The most that a run can have when it ends in one of `to`; None if no run does. A circle never returns."""
    found = situations(scenario)

    @cache
    def from_here(place):
        if place not in found:
            return 0 if place in to else None
        sums = [
            choice["points"] + from_here(choice["to"])
            for choice in found[place]["choices"]
            if (critical or "critical" not in choice) and from_here(choice["to"]) is not None
        ]
        return max(sums, default=None)

    return from_here(scenario["start"])


def run_of_best_choices(scenario):
    """Each situation and choice of somebody who always takes the best one, in order."""
    found, place = situations(scenario), scenario["start"]
    while place in found:
        choice = best_of(found[place])
        yield found[place], choice
        place = choice["to"]


def points_of_best_choices(scenario):
    return sum(choice["points"] for _situation, choice in run_of_best_choices(scenario))


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def test_there_is_one_for_each_sector_module():
    assert [path.stem for path in PATHS] == ["D1", "H1", "P1", "S1"]
    assert [scenario["code"] for scenario in SCENARIOS] == ["D1-S", "H1-S", "P1-S", "S1-S"]
    for path, scenario in zip(PATHS, SCENARIOS, strict=True):
        assert scenario["module"] == path.stem
        assert scenario["sectors"] == files.read(f"modules/{path.stem}")["sectors"]


@each_scenario
def test_it_has_the_parts_that_are_asked_for(scenario):
    assert set(scenario) - {"instead"} == SCENARIO
    assert scenario["start"] == scenario["situations"][0]["id"]
    assert 10 <= len(scenario["situations"]) <= 16
    assert 3 <= len(scenario["endings"]) <= 6
    assert scenario["content_note"].startswith("This part mentions ")
    assert scenario["content_note"].endswith(
        "No graphic detail. You can skip, come back, or do it with a colleague."
    )
    for situation in scenario["situations"]:
        assert set(situation) == SITUATION, situation["id"]
        assert 3 <= len(situation["choices"]) <= 4, situation["id"]
        assert 2 <= len(situation["title"].split()) <= 5, situation["id"]
    for situation, choice in choices(scenario):
        assert set(choice) - {"critical"} == CHOICE, situation["id"]
    for ending in scenario["endings"]:
        # Only a good ending can be reached by a run that missed a step: it has words for that run.
        missed = {"text_if_missed"} if ending["kind"] == "good" else set()
        assert set(ending) == ENDING | missed, ending["id"]
    assert all(text.strip() for text in texts(scenario))


@each_scenario
def test_names_of_places_are_short_words_used_once(scenario):
    names = [place["id"] for place in [*scenario["situations"], *scenario["endings"]]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z_]{1,15}", name) for name in names)


@each_scenario
def test_every_choice_leads_somewhere_and_every_place_is_reached(scenario):
    places = {*situations(scenario), *endings(scenario)}
    assert {choice["to"] for _situation, choice in choices(scenario)} == places - {scenario["start"]}

    reached, waiting = set(), [scenario["start"]]
    while waiting:
        place = waiting.pop()
        if place not in reached:
            reached.add(place)
            waiting += [choice["to"] for choice in situations(scenario).get(place, {}).get("choices", [])]
    assert reached == places


@each_scenario
def test_nobody_walks_in_a_circle_so_every_run_ends(scenario):
    """Situations are taken away once all their choices lead to something that ends: none may be left."""
    left, ended = dict(situations(scenario)), set(endings(scenario))
    while done := [
        name for name, place in left.items() if all(choice["to"] in ended for choice in place["choices"])
    ]:
        ended |= {left.pop(name)["id"] for name in done}
    assert left == {}


@each_scenario
def test_situations_name_the_steps_and_clauses_of_the_procedure(scenario):
    on_the_way = {situation["step"] for situation, _choice in run_of_best_choices(scenario)}
    assert on_the_way == {situation["step"] for situation in scenario["situations"]} == set(DrillStep.values)
    for situation in scenario["situations"]:
        assert situation["clauses"], situation["id"]
        assert set(situation["clauses"]) <= CLAUSES, situation["id"]


@each_scenario
def test_one_choice_is_the_best_and_a_repair_earns_half(scenario):
    for situation in scenario["situations"]:
        points = sorted(choice["points"] for choice in situation["choices"])
        best = 1 if situation["id"] in repairs(scenario) else 2
        assert set(points) <= {0, 1, 2}, situation["id"]
        assert points[-1] == best, situation["id"]
        assert points.count(best) == 1, situation["id"]


@each_scenario
def test_the_best_choices_lead_to_a_good_ending_and_no_detour_earns_more(scenario):
    *_before, (_situation, last) = run_of_best_choices(scenario)
    assert endings(scenario)[last["to"]]["kind"] == "good"
    assert points_of_best_choices(scenario) == most_points(scenario, to=tuple(endings(scenario)))


@each_scenario
def test_a_run_into_a_poor_ending_cannot_reach_the_pass_mark(scenario):
    """Not even one without a critical error, which would fail it anyway."""
    poor = tuple(name for name, ending in endings(scenario).items() if ending["kind"] == "poor")
    assert poor
    got = most_points(scenario, to=poor, critical=False)
    assert got is None or 100 * got < scenario["pass_mark"] * points_of_best_choices(scenario)


@each_scenario
def test_a_critical_error_earns_nothing_and_is_repaired_or_not_well_ended(scenario):
    critical = [choice for _situation, choice in choices(scenario) if "critical" in choice]
    assert critical
    for choice in critical:
        assert choice["critical"] in CriticalError.values
        assert choice["points"] == 0, choice["text"]
        ending = endings(scenario).get(choice["to"])
        assert ending["kind"] != "good" if ending else choice["to"] in repairs(scenario), choice["text"]


@pytest.mark.parametrize(
    ("code", "place", "words", "repair"),
    [
        ("P1", "girl", "Accept nineteen", "badge"),
        ("P1", "voice", "Accept with thanks", "neighbour"),
        ("H1", "age", "do nothing until she has said yes", "says_no"),
        ("S1", "tells", "I promise that it stays with me", "bound"),
    ],
)
def test_what_the_review_calls_critical_is_so_and_can_be_repaired(code, place, words, repair):
    scenario = SCENARIOS[[path.stem for path in PATHS].index(code)]
    (choice,) = [one for one in situations(scenario)[place]["choices"] if words in one["text"]]
    assert "critical" in choice
    assert choice["to"] == repair


@each_scenario
def test_the_best_choice_is_not_told_by_its_length(scenario):
    lengths = []
    for situation in scenario["situations"]:
        best = best_of(situation)
        others = [len(choice["text"]) for choice in situation["choices"] if choice is not best]
        assert len(best["text"]) <= 1.25 * mean(others), situation["id"]
        lengths.append((len(best["text"]), min(others), max(others)))
    assert sum(best >= longest for best, _shortest, longest in lengths) <= 0.4 * len(lengths)
    assert sum(best <= shortest for best, shortest, _longest in lengths) <= 0.4 * len(lengths)


@each_scenario
def test_the_best_choice_is_not_told_by_its_place(scenario):
    places = [situation["choices"].index(best_of(situation)) for situation in scenario["situations"]]
    for place in range(3):
        assert 0.15 * len(places) < places.count(place) < 0.5 * len(places)


@each_scenario
def test_there_is_no_telephone_number_and_no_small_place(scenario):
    words = " ".join(texts(scenario))
    assert not re.search(r"\d{3}", words)
    assert not re.search(
        r"Vieux Fort|Castries|Soufri|Dennery|Micoud|Laborie|Choiseul|Canaries|Gros Islet", words
    )


@each_scenario
def test_it_is_easy_to_read(scenario):
    for text in texts(scenario):
        for paragraph in paragraphs_of(text):
            reading = read(paragraph)
            assert not reading.has_long_sentences, paragraph
            assert not (reading.words >= 25 and reading.lix >= 40), paragraph
