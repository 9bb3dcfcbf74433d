from datetime import date, timedelta

import pytest

from courses.transcript.hours import counted

DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=40)
MUCH_LATER = DAY + timedelta(days=800)


@pytest.mark.parametrize(
    ("courses", "workshops", "expected"),
    [
        ([("a", 1, 300, DAY)], [("w", None, 360, DAY)], {"a": 300, "w": 360}),
        ([("a", 1, 300, DAY)], [("w", 2, 360, DAY)], {"a": 300, "w": 360}),
        ([("a", 1, 300, DAY)], [("w", 1, 360, LATER)], {"a": 0, "w": 360}),
        ([("a", 1, 400, DAY)], [("w", 1, 360, LATER)], {"a": 400, "w": 0}),
        # A renewal two years later was learnt anew.
        (
            [("a", 1, 300, DAY), ("b", 1, 300, MUCH_LATER)],
            [("w", 1, 360, LATER)],
            {"a": 0, "b": 300, "w": 360},
        ),
        # One completion stands for one workshop, the nearer one.
        ([("a", 1, 400, DAY)], [("v", 1, 60, DAY), ("w", 1, 360, LATER)], {"a": 400, "v": 0, "w": 360}),
        ([], [("w", 1, 360, DAY)], {"w": 360}),
    ],
)
def test_hours_count_once(courses, workshops, expected):
    assert counted(courses, workshops) == expected
