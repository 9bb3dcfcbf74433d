"""Playing and scoring: the same log always comes to the same, and a critical error always fails."""

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.drills.scenarios.playing import play
from courses.drills.scenarios.scoring import score
from tests.courses.drills.scenarios.stories import any_log, any_story, situation, story

STORY = story(
    situation("door", "room", "repair", step="safety", critical={1: "alerts_suspect"}),
    situation("repair", "room", "end", step="safety", points=[1, 0]),
    situation("room", "end", "end", step="consent"),
)


def test_the_best_way_scores_everything():
    found = score(STORY, [("door", "door0"), ("room", "room0")], back=False)
    assert (found.points, found.of, found.per_cent) == (4, 4, 100)
    assert found.steps == {"safety": (2, 2), "consent": (2, 2)}
    assert found.passes(100)
    assert found.missed == ()


def test_a_detour_is_set_against_what_it_could_have_been():
    log = [("door", "door1"), ("repair", "repair0"), ("room", "room0")]
    found = score(STORY, log, back=False)
    assert (found.points, found.of) == (3, 5)
    assert found.missed == ("door",)
    assert found.critical == (("door", "door1", "alerts_suspect"),)
    assert not found.passes(0)


def test_going_back_is_for_learning_and_changes_no_score():
    back = [("door", "door1"), ("door", ""), ("door", "door0"), ("room", "room0")]
    found = score(STORY, back, back=True)
    assert found.is_over
    assert not found.passes(0)
    assert play(STORY, back, back=True).met == ("door", "repair", "room", "end")


def test_where_going_back_is_not_allowed_it_moves_nobody():
    played = play(
        STORY, [("door", "door1"), ("door", ""), ("door", "door0"), ("repair", "repair0")], back=False
    )
    assert played.taken == (True, False, False, True)
    assert played.here == "room"


def test_what_comes_after_the_end_or_from_elsewhere_moves_nobody():
    played = play(
        STORY, [("room", "room0"), ("door", "door0"), ("room", "room1"), ("door", "door1")], back=True
    )
    assert played.taken == (False, True, True, False)
    assert (played.here, played.is_over) == ("end", True)


def test_what_is_not_finished_is_not_passed():
    assert not score(STORY, [("door", "door0")], back=False).passes(0)


@st.composite
def played_stories(draw):
    found = draw(any_story())
    return found, draw(any_log(found)), draw(st.booleans())


@settings(max_examples=400, deadline=None)
@given(played_stories(), st.integers(0, 100))
def test_a_critical_error_always_fails(played, mark):
    found, log, back = played
    result = score(found, log, back=back)
    wrong = {
        (one["id"], choice["id"])
        for one in found["situations"]
        for choice in one["choices"]
        if choice["critical"]
    }
    first = set(play(found, log, back=back).first.items())
    assert bool(first & wrong) == bool(result.critical)
    if first & wrong:
        assert not result.passes(mark)


@settings(max_examples=300, deadline=None)
@given(played_stories())
def test_the_same_choices_always_score_the_same_and_are_read_from_the_log_alone(played):
    found, log, back = played
    result = score(found, log, back=back)
    taken = play(found, log, back=back).taken
    # What moved nobody may be left out of the log, and nothing changes.
    moved = [entry for entry, was_taken in zip(log, taken, strict=True) if was_taken]
    assert score(found, moved, back=back) == result
    assert result.points <= result.of
    assert 0 <= result.per_cent <= 100
    assert (sum(p for p, _of in result.steps.values()), sum(of for _p, of in result.steps.values())) == (
        result.points,
        result.of,
    )
    # How the choices stand in the story changes nothing either: they are shuffled for each person.
    turned = {**found, "situations": [{**one, "choices": one["choices"][::-1]} for one in found["situations"]]}
    assert score(turned, log, back=back) == result
