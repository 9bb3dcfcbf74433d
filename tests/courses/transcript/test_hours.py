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


def test_which_of_two_equally_near_counts_hangs_on_no_id():
    """A record and a report name the same rows differently, and must say the same."""
    days = [date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 3)]

    def total(first, second):
        courses = [(first, "C", 60, days[0]), (second, "C", 240, days[1])]
        return sum(counted(courses, [("w", "C", 120, days[2])]).values())

    # Paired with the earlier one: its 60 count nothing.
    assert total("c9", "c10") == total("c1", "c2") == 360
