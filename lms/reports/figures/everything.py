"""Every figure of the whole site until a day: a backup tells them, and a restored site must tell them again."""

from datetime import date

from lms.reports.figures.defined import FIGURES
from lms.reports.figures.periods import FIRST_YEAR, Period
from lms.reports.figures.scope import Scope


def values(day):
    """{name: number}, from the first year that periods know to the day, which counts."""
    scope = Scope(Period(date(FIRST_YEAR, 1, 1), day))
    return {name: figure.value(scope) for name, figure in FIGURES.items()}
