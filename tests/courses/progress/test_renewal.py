from datetime import date

import pytest

from courses.progress import renewal


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
    assert renewal.add_months(day, months) == later


def test_renewal_opens_ninety_days_before_and_stays_open():
    until = date(2026, 12, 31)
    assert not renewal.is_due(until, date(2026, 10, 1))
    assert renewal.is_due(until, date(2026, 10, 2))
    assert renewal.is_due(until, date(2029, 1, 1))
