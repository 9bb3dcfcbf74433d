from datetime import UTC, datetime

import pytest

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
