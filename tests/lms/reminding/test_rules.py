from datetime import date, timedelta

import pytest

from lms.reminding import rules

TODAY = date(2026, 3, 2)
ABOUT = {"course": "a-course", "name": "Training programme"}


def key(item):
    return item and item.key


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (15, None),
        (14, "due:one:{day}:14"),
        (9, "due:one:{day}:14"),  # a day was missed: the nearest
        (3, "due:one:{day}:3"),
        (0, "due:one:{day}:3"),
        (-1, "overdue:one:{day}:1"),
        (-13, "overdue:one:{day}:1"),
        (-14, "overdue:one:{day}:14"),
        (-44, "overdue:one:{day}:14"),
        (-45, None),  # stale
    ],
)
def test_a_due_date(left, expected):
    day = TODAY + timedelta(days=left)
    item = rules.about_due_date("one", day, TODAY, **ABOUT)
    assert key(item) == (expected and expected.format(day=day))
    first, last = rules.due_range(TODAY)
    assert (first <= day <= last) == (expected is not None)


@pytest.mark.parametrize(("days", "told"), [(20, False), (21, True), (51, True), (52, False)])
def test_a_silence_is_told_once_from_three_weeks_on(days, told):
    last = TODAY - timedelta(days=days)
    item = rules.about_silence("one", last, TODAY, **ABOUT)
    assert key(item) == (f"silent:one:{last}" if told else None)
    assert (rules.silence_range(TODAY)[0] <= last <= rules.silence_range(TODAY)[1]) == told


@pytest.mark.parametrize(
    ("left", "step"),
    [(91, None), (90, 90), (45, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_a_renewal(left, step):
    until = TODAY + timedelta(days=left)
    item = rules.about_renewal("one", until, TODAY, **ABOUT)
    assert key(item) == (step and f"renewal:one:{step}")
    assert (rules.renewal_range(TODAY)[0] <= until <= rules.renewal_range(TODAY)[1]) == bool(step)


def test_every_day_of_three_months_tells_each_step_once():
    until = TODAY + timedelta(days=120)
    days = [TODAY + timedelta(days=n) for n in range(130)]
    keys = {key(rules.about_renewal("one", until, day, **ABOUT)) for day in days}
    assert keys == {None, "renewal:one:90", "renewal:one:30", "renewal:one:7"}


def test_a_silence_is_not_told_beside_the_date_of_the_same_course():
    dated = rules.about_due_date("one", TODAY, TODAY, **ABOUT)
    same, other = (rules.about_silence(it, TODAY - timedelta(days=30), TODAY, **ABOUT) for it in ("one", "two"))
    assert rules.told([dated, same, other]) == [dated, other]
