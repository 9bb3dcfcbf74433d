"""Until when training counts, and from when it may be renewed. Knows neither Django nor Wagtail."""

import calendar
from datetime import timedelta

# So long before the last day a new cycle may be started as a renewal.
OPENS_BEFORE = timedelta(days=90)


def add_months(day, months):
    """The same day so many calendar months later; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def is_due(valid_until, today):
    """From ninety days before the last day on, and ever after."""
    return today >= valid_until - OPENS_BEFORE
