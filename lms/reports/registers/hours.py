"""Minutes as hours. Pure."""

from decimal import Decimal


def hours_of(minutes):
    """Hours to two places: 90 are 1.50."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))
