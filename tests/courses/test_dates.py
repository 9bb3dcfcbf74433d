from datetime import date

import pytest

from courses.dates import add_months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 12, 4), 24, date(2028, 12, 4)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_validity_counts_calendar_months(day, months, later):
    assert add_months(day, months) == later
