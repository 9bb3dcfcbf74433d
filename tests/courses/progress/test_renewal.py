from datetime import date

from courses.progress import renewal


def test_renewal_opens_ninety_days_before_and_stays_open():
    until = date(2026, 12, 31)
    assert not renewal.is_due(until, date(2026, 10, 1))
    assert renewal.is_due(until, date(2026, 10, 2))
    assert renewal.is_due(until, date(2029, 1, 1))
