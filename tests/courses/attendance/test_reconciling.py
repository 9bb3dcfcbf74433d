from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.attendance.reconciling import ABSENT, LATE, PRESENT, UNCONFIRMED, UNDO, WALL, Row, reconcile

NINE, TEN, ELEVEN = (datetime(2026, 12, 3, hour, tzinfo=UTC) for hour in (9, 10, 11))
QUARTER_PAST = NINE.replace(minute=15)


def row(id, mark, at=NINE, method="name", **kwargs):
    return Row(id, mark, method, at, **kwargs)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (None, None)),
        ([row(1, PRESENT)], (PRESENT, NINE)),
        ([row(1, PRESENT, TEN), row(2, PRESENT, NINE)], (PRESENT, NINE)),
        ([row(1, PRESENT, QUARTER_PAST)], (PRESENT, QUARTER_PAST)),
        ([row(1, PRESENT, TEN)], (LATE, TEN)),
        ([row(1, ABSENT)], (ABSENT, None)),
        ([row(1, ABSENT), row(2, PRESENT)], (PRESENT, NINE)),
        ([row(1, PRESENT), row(2, ABSENT, correction=True)], (ABSENT, None)),
        ([row(1, ABSENT, correction=True), row(2, PRESENT)], (ABSENT, None)),
        ([row(1, PRESENT, TEN), row(2, PRESENT, TEN, correction=True)], (PRESENT, TEN)),
        ([row(1, ABSENT, correction=True), row(2, LATE, ELEVEN, correction=True)], (LATE, ELEVEN)),
        ([row(1, PRESENT), row(2, UNDO, cancels=1)], (None, None)),
        ([row(1, PRESENT), row(2, ABSENT, correction=True), row(3, UNDO, cancels=2)], (PRESENT, NINE)),
        ([row(1, PRESENT, method=WALL)], (UNCONFIRMED, NINE)),
        ([row(1, PRESENT, method=WALL), row(2, PRESENT, TEN, method="room")], (PRESENT, NINE)),
        ([row(1, PRESENT, method=WALL), row(2, ABSENT, correction=True)], (ABSENT, None)),
    ],
)
def test_the_log_adds_up(rows, expected):
    assert reconcile(rows, late_after=QUARTER_PAST) == expected


def test_a_forwarded_photograph_of_the_code_makes_nobody_earlier():
    wall = row(1, PRESENT, method=WALL)

    # Found in the room at ten: that is when they were there, whatever the wall code says.
    assert reconcile([wall, row(2, PRESENT, TEN)], late_after=QUARTER_PAST) == (LATE, TEN)
    assert reconcile([wall, row(2, PRESENT, TEN, method="room")], late_after=QUARTER_PAST) == (PRESENT, NINE)


def test_late_is_late_where_it_is_said_within_the_grace():
    assert reconcile([row(1, LATE)], late_after=QUARTER_PAST) == (LATE, NINE)
    assert reconcile([row(1, LATE, TEN), row(2, PRESENT)], late_after=QUARTER_PAST) == (PRESENT, NINE)


MOMENTS = st.datetimes(NINE.replace(tzinfo=None), ELEVEN.replace(tzinfo=None), timezones=st.just(UTC))
METHODS = st.sampled_from([WALL, "scan", "name", "paper", "copy", "room"])
SIGN_INS = st.builds(Row, st.just(0), st.sampled_from([PRESENT, LATE, ABSENT]), METHODS, MOMENTS)


@st.composite
def logs(draw):
    """Sign-ins numbered in the order they came, some undone."""
    rows = [replace(one, id=n) for n, one in enumerate(draw(st.lists(SIGN_INS, max_size=8)), 1)]
    undone = draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    return rows + [Row(100 + n, UNDO, "name", TEN, cancels=one.id) for n, one in enumerate(undone)]


@given(logs(), st.randoms(use_true_random=False))
def test_without_corrections_the_order_in_which_devices_arrive_does_not_matter(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert reconcile(shuffled, late_after=QUARTER_PAST) == reconcile(rows, late_after=QUARTER_PAST)


@given(logs(), SIGN_INS)
def test_a_row_and_its_undo_change_nothing(rows, more):
    both = [*rows, replace(more, id=50), Row(51, UNDO, "name", TEN, cancels=50)]

    assert reconcile(both, late_after=QUARTER_PAST) == reconcile(rows, late_after=QUARTER_PAST)


@given(logs(), SIGN_INS, logs())
def test_a_correction_beats_all_before_and_after(before, word, after):
    word = replace(word, id=200, correction=True)
    after = [replace(one, id=one.id + 300, cancels=one.cancels and one.cancels + 300) for one in after]
    expected = (word.mark, None if word.mark == ABSENT else word.at)

    assert reconcile([*before, word, *after], late_after=QUARTER_PAST) == expected


@given(logs())
def test_nobody_counts_whom_the_wall_alone_has_seen(rows):
    rows = [replace(one, method=WALL) if one.mark in (PRESENT, LATE) else one for one in rows]

    assert reconcile(rows, late_after=QUARTER_PAST)[0] in (None, ABSENT, UNCONFIRMED)
