"""How often and when, as values."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.quizzes import limits

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("policy", "used", "grants", "left"),
    [
        ({}, 5, [], None),
        ({"attempts_allowed": 0}, 5, [], None),
        ({"attempts_allowed": 2}, 1, [], 1),
        ({"attempts_allowed": 2}, 2, [], 0),
        ({"attempts_allowed": 2}, 3, [], 0),
        ({"attempts_allowed": 2}, 2, [("attempt", NOON)], 1),
        ({"attempts_allowed": 2}, 2, [("no_wait", NOON)], 0),
        ({"attempts_allowed": 0}, 2, [("attempt", NOON)], None),
    ],
)
def test_what_is_left(policy, used, grants, left):
    assert limits.left(policy, used, grants) == left


@pytest.mark.parametrize(
    ("grants", "after"),
    [
        ([], 60),
        ([("no_wait", NOON + HOUR / 2)], 30),
        ([("no_wait", NOON - HOUR)], 60),  # for an attempt before the last one
        ([("no_wait", NOON + 2 * HOUR)], 60),
        ([("attempt", NOON + HOUR / 2)], 60),
    ],
)
def test_when_the_next_attempt_may_start(grants, after):
    assert limits.next_at({"wait_minutes": 60}, NOON, grants) == NOON + timedelta(minutes=after)


LIMIT = {"time_limit_minutes": 30}


@pytest.mark.parametrize(
    ("policy", "extra", "minutes"),
    [
        ({}, [], None),
        ({}, [(50, None)], None),
        ({"time_limit_minutes": None}, [], None),
        (LIMIT, [], 30),
        (LIMIT, [(25, None)], 38),  # a started minute is given whole
        (LIMIT, [(100, None)], 60),
        (LIMIT, [(None, 10)], 40),
        (LIMIT, [(None, 10), (25, None), (None, 5)], 40),  # the most counts: they do not add up
    ],
)
def test_when_it_has_to_be_handed_in(policy, extra, minutes):
    expected = minutes and NOON + timedelta(minutes=minutes)
    assert limits.deadline(policy, NOON, extra) == expected


@pytest.mark.parametrize(
    ("seconds", "over", "late"), [(-1, False, False), (0, False, False), (1, True, False), (61, True, True)]
)
def test_over_is_after_the_deadline_and_late_after_the_grace(seconds, over, late):
    at = NOON + timedelta(seconds=seconds)
    assert (limits.is_over(NOON, at), limits.is_late(NOON, at)) == (over, late)
    assert not limits.is_late(NOON, NOON + limits.GRACE)
    assert (limits.is_over(None, at), limits.is_late(None, at)) == (False, False)


def test_without_a_waiting_time_it_may_start_at_once():
    assert limits.next_at({}, NOON) == NOON
