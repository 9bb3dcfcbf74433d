"""Two ways of doing a thing, measured in turns in one process, so that a busy machine slows both."""

import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How `ours` compares with its floor. With `at_least` a higher share of the floor's pace is better."""

    name: str
    ours: float
    floor: float
    limit: float
    at_least: bool = False

    @property
    def value(self):
        return self.floor / self.ours if self.at_least else self.ours / self.floor

    @property
    def holds(self):
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self):
        sign, verdict = ("at least" if self.at_least else "at most"), ("ok" if self.holds else "TOO SLOW")
        return f"{self.name:<62}{self.value:6.2f}   {sign} {self.limit:.2f}   {verdict}"


@dataclass(frozen=True)
class Most:
    """A figure that must not be passed, where there is nothing to compare with."""

    name: str
    value: float
    limit: float

    @property
    def holds(self):
        return self.value <= self.limit

    def __str__(self):
        verdict = "ok" if self.holds else "TOO MUCH"
        return f"{self.name:<62}{self.value:6.0f}   at most {self.limit:.0f}   {verdict}"


def _time(call, clock):
    before = clock()
    call()
    return clock() - before


def measure(name, ours, floor, *, limit, at_least=False, rounds=40, warm_up=3, clock=time.process_time):
    """The ratio of the processor times of the fastest quarter, or of the times by another `clock`.

    What other work on the machine adds is no property of ours (as `timeit` advises). Each round runs both,
    in changing order.
    """
    for _ in range(warm_up):
        ours()
        floor()
    times = {ours: [], floor: []}
    for n in range(rounds):
        for call in (ours, floor) if n % 2 else (floor, ours):
            times[call].append(_time(call, clock))
    ours_time, floor_time = (statistics.mean(sorted(times[call])[: rounds // 4]) for call in (ours, floor))
    return Ratio(name, ours_time, floor_time, limit, at_least)
