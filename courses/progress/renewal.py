"""Until when training counts, and from when it may be renewed. Knows neither Django nor Wagtail."""

from datetime import timedelta

# So long before the last day a new cycle may be started as a renewal.
OPENS_BEFORE = timedelta(days=90)


def is_due(valid_until, today):
    """From ninety days before the last day on, and ever after."""
    return today >= valid_until - OPENS_BEFORE
