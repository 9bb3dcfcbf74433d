"""Periods that reports are made for. Pure.

The fiscal year of Saint Lucia runs from April to March, and so does the year that the United States' report on
trafficking in persons looks at; the one is called after the year in which it begins, the other after the year
in which the report appears.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

CALENDAR, FISCAL, US, ANY = "calendar", "fiscal", "us", "any"
FIRST_YEAR, LAST_YEAR = 2000, 2100
_NAME = re.compile(rf"({CALENDAR}|{FISCAL}|{US})-(\d{{4}})")


@dataclass(frozen=True)
class Period:
    """From one day to another, both included. `name`: "calendar-2026", or "any"."""

    first: date
    last: date
    name: str = ANY

    def __post_init__(self):
        if self.last < self.first:
            raise ValueError("A period ends before it begins.")

    @property
    def after(self):
        """The first day that is not in it any more."""
        return self.last + timedelta(days=1)

    @property
    def days(self):
        return (self.after - self.first).days

    def before(self):
        """As long a period that ends where this one begins; of a year, the year before."""
        kind, _dash, year = self.name.partition("-")
        if year:
            return named(f"{kind}-{int(year) - 1}")
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def months(self):
        """[the first day of each month that it touches, ...]"""
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found


def part_in_month(period, first):
    """What of a period lies in the month that begins on `first`."""
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return Period(max(first, period.first), min(last, period.last))


def calendar(year):
    return Period(date(year, 1, 1), date(year, 12, 31), f"{CALENDAR}-{year}")


def fiscal(year):
    """April of this year to March of the next."""
    return Period(date(year, 4, 1), date(year + 1, 3, 31), f"{FISCAL}-{year}")


def us_report(year):
    """What the report that appears in this year looks at: April of the year before to March."""
    return Period(date(year - 1, 4, 1), date(year, 3, 31), f"{US}-{year}")


MAKE = {CALENDAR: calendar, FISCAL: fiscal, US: us_report}


def named(name):
    """The Period of "fiscal-2026"; None for what is none."""
    found = _NAME.fullmatch(name or "")
    if not found or not FIRST_YEAR <= int(found[2]) <= LAST_YEAR:
        return None
    return MAKE[found[1]](int(found[2]))


def between(first, last):
    """The Period of two days as they are written in an address; None where they are none."""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except (TypeError, ValueError):
        return None
    return period if period.first.year >= FIRST_YEAR and period.last.year <= LAST_YEAR else None
