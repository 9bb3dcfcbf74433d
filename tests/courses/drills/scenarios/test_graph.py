"""Which stories may be published. The checker is held against an oracle that tries every way by hand."""

from hypothesis import given, settings

from courses.drills.scenarios.graph import (
    EMPTY,
    ENDLESS,
    MOST_SITUATIONS,
    NO_CHOICE,
    NO_ENDING,
    NOWHERE,
    TOO_MANY,
    TWICE,
    UNREACHABLE,
    Fault,
    faults,
)
from tests.courses.drills.scenarios.stories import any_story, situation, story


def test_a_sound_story_has_no_faults():
    assert faults(story(situation("a", "b", "end"), situation("b", "a", "end"))) == []


def test_a_way_back_is_no_fault_while_there_is_a_way_on():
    assert faults(story(situation("a", "b"), situation("b", "a", "end"))) == []


def test_each_fault_is_named_with_its_place():
    found = faults(
        story(
            situation("a", "round", "gone", "stop"),
            situation("round", "again"),
            situation("again", "round"),
            situation("stop"),
            situation("alone", "end"),
        )
    )
    assert set(found) == {
        Fault(NOWHERE, "a", 2, "gone"),
        Fault(NO_CHOICE, "stop"),
        Fault(UNREACHABLE, "alone"),
        Fault(UNREACHABLE, "end"),
        Fault(ENDLESS, "a"),
        Fault(ENDLESS, "round"),
        Fault(ENDLESS, "again"),
    }


def test_one_name_for_two_places():
    found = faults(story(situation("a", "end"), situation("end", "a"), endings=["end"]))
    assert Fault(TWICE, "end") in found


def test_nothing_written_and_no_ending():
    assert faults(story(endings=[])) == [Fault(EMPTY)]
    assert Fault(NO_ENDING) in faults(story(situation("a", "a"), endings=[]))


def test_a_story_has_no_more_than_forty_situations():
    many = [situation(f"n{n}", f"n{n + 1}") for n in range(MOST_SITUATIONS)]
    assert faults(story(*many, endings=[f"n{MOST_SITUATIONS}"])) == []
    one_more = [*many, situation(f"n{MOST_SITUATIONS}", "end")]
    assert faults(story(*one_more)) == [Fault(TOO_MANY, n=MOST_SITUATIONS + 1)]


def closure(found):
    """{(from, to)}: every pair that is joined by any number of choices, none included. By trying."""
    places = [one["id"] for one in [*found["situations"], *found["endings"]]]
    joined = {(place, place) for place in places}
    steps = {
        (one["id"], choice["to"])
        for one in found["situations"]
        for choice in one["choices"]
        if choice["to"] in places
    }
    while True:
        longer = joined | {(a, d) for a, b in joined for c, d in steps if b == c}
        if longer == joined:
            return joined
        joined = longer


@settings(max_examples=400, deadline=None)
@given(any_story())
def test_the_checker_agrees_with_trying_every_way(found):
    joined = closure(found)
    start = found["situations"][0]["id"]
    endings = [one["id"] for one in found["endings"]]
    places = [one["id"] for one in found["situations"]] + endings

    said = faults(found)

    assert {one.place for one in said if one.code == UNREACHABLE} == {
        place for place in places if (start, place) not in joined
    }
    assert {one.place for one in said if one.code == NO_CHOICE} == {
        one["id"] for one in found["situations"] if not one["choices"]
    }
    assert {one.place for one in said if one.code == ENDLESS} == {
        one["id"]
        for one in found["situations"]
        if endings and one["choices"] and not any((one["id"], end) in joined for end in endings)
    }
    assert {(one.place, one.n) for one in said if one.code == NOWHERE} == {
        (one["id"], n)
        for one in found["situations"]
        for n, choice in enumerate(one["choices"], 1)
        if choice["to"] not in places
    }


@settings(max_examples=200, deadline=None)
@given(any_story())
def test_whoever_plays_a_story_without_faults_can_always_come_to_an_end(found):
    if faults(found):
        return
    joined = closure(found)
    endings = [one["id"] for one in found["endings"]]
    assert all(any((one["id"], end) in joined for end in endings) for one in found["situations"])
