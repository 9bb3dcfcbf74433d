"""A line of the table: a figure, and its limit if it has one."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`judged` is False where the figure depends on what else the machine did, and something else ran."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    judged: bool = True

    @property
    def holds(self):
        return self.limit is None or not self.judged or self.value <= self.limit

    def __str__(self):
        shown = f"{self.name:<66}{self.value:9.2f} {self.unit:<8}"
        if self.limit is None:
            return shown.rstrip()
        verdict = "ok" if self.holds else "TOO MUCH"
        return f"{shown}at most {self.limit:<7g}{verdict if self.judged else 'not judged: the machine is busy'}"


def percentile(values, share):
    """The least of the values that `share` of them do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0
