"""What one run comes to, whichever kind of drill it is. Pure."""

from typing import NamedTuple


class Result(NamedTuple):
    score: int
    passed: bool
    # As the marking of its kind keeps it; "by": the id of the edition, where it is not the run's own.
    details: dict
