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


def test_without_a_waiting_time_it_may_start_at_once():
    assert limits.next_at({}, NOON) == NOON
