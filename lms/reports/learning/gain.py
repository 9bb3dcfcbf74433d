"""What people learnt between two tests, each person's before set against the same person's after. Pure.

Scores and shares are of 100. Of fewer than `FEW` people nothing is said.

Which interval, and why: the mean of differences has a t interval once there are `MANY` of them, when it
holds well enough whatever their distribution (Moore, McCabe and Craig, Introduction to the Practice of
Statistics, 7.1: from 15 on, unless there are outliers). With fewer, one person moves the mean; then the
median of the differences is told, with the interval between two of them in order, which is exact for any
distribution and where values are alike holds more often than it says, never less often.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt

from courses.room.reckoning import FEW, Share, gain, tenth
from lms.reports.learning.quantiles import median_rank, t_quantile

MANY = 20
OUTSIDE = Fraction(5, 100)
# What an interval is of.
MEAN, MEDIAN = "mean", "median"


@dataclass(frozen=True)
class Interval:
    """Of 95 per cent at least, one decimal, rounded outwards."""

    low: float
    high: float
    of: str


@dataclass(frozen=True)
class Learnt:
    """`n` people with both tests. The rest is None where they are few, `interval` also where 95 per cent
    cannot be had: of five people the lowest and the highest hold the median with 93.75.

    `difference`: the median of the differences, which need not be that of the medians. `mean` and
    `normalised` are None of fewer than `MANY`.
    """

    n: int
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    mean: float | None = None
    interval: Interval | None = None
    gained: Share | None = None
    normalised: float | None = None

    @property
    def is_judged(self):
        return self.before is not None


def learnt(pairs):
    """A Learnt. `pairs`: {(before, after): how many people}, or (before, after) one by one.

    `normalised` is Hake's <g>, the share of what could still be gained, from the means (Hake, American
    Journal of Physics 66, 1998, p. 64). It is left out where the mean fell: it was made for gains.
    """
    pairs = Counter(pairs)
    n = sum(pairs.values())
    if n < FEW:
        return Learnt(n)
    differences = Counter()
    for (before, after), count in pairs.items():
        differences[after - before] += count
    found = {
        "before": _median_of(pairs, 0),
        "after": _median_of(pairs, 1),
        "difference": tenth(median(differences)),
        "gained": Share(sum(count for value, count in differences.items() if value > 0), n),
    }
    if n >= MANY:
        means = gain(pairs.elements())
        found |= {"mean": means.points, "interval": mean_interval(differences)}
        if means.normalised is not None and means.points >= 0:
            found["normalised"] = means.normalised
    else:
        found["interval"] = median_interval(differences)
    return Learnt(n, **found)


def mean_share(pairs, place):
    """The mean of the first (0) or the second (1) of the pairs, one decimal."""
    total = sum(pair[place] * count for pair, count in pairs.items())
    return tenth(Fraction(total) / sum(pairs.values()))


def median(counted):
    """Of {value: how many}. Half way between the two in the middle where there are two."""
    n = sum(counted.values())
    return Fraction(_nth(counted, (n + 1) // 2) + _nth(counted, n // 2 + 1)) / 2


def mean_interval(counted):
    """The t interval of the mean difference, paired: mean ± t(0.975; n-1) s/√n. Student, Biometrika 6 (1908);
    as in Snedecor and Cochran, Statistical Methods, 8th ed. (1989), 6.3."""
    n = sum(counted.values())
    mean = Fraction(sum(value * count for value, count in counted.items())) / n
    squares = sum((value - mean) ** 2 * count for value, count in counted.items())
    half = t_quantile(1 - float(OUTSIDE) / 2, n - 1) * sqrt(squares / (n - 1) / n)
    return _outwards(float(mean) - half, float(mean) + half, MEAN)


def median_interval(counted):
    """Between the k-th smallest and the k-th largest difference; None where no k will do."""
    n = sum(counted.values())
    k = median_rank(n, OUTSIDE)
    return _outwards(_nth(counted, k), _nth(counted, n + 1 - k), MEDIAN) if k else None


def _median_of(pairs, place):
    counted = Counter()
    for pair, count in pairs.items():
        counted[pair[place]] += count
    return tenth(median(counted))


def _nth(counted, n):
    """The n-th smallest, from 1."""
    for value in sorted(counted):
        n -= counted[value]
        if n <= 0:
            return value
    raise IndexError(n)


def _outwards(low, high, of):
    """To one decimal; what is a tenth but for the error of floats stays one."""
    return Interval(floor(round(float(low) * 10, 6)) / 10, ceil(round(float(high) * 10, 6)) / 10, of)


def shown_groups(groups):
    """(those that may be shown, how many are not) of {key: {(before, after): people}}.

    Groups of fewer than `FEW` are left out. Where all that is left out is fewer than `FEW` people, the
    smallest of the others is left out too: else the whole less what is shown would tell of them.
    """
    sizes = {key: sum(pairs.values()) for key, pairs in groups.items()}
    hidden = {key for key, n in sizes.items() if n < FEW}
    if hidden and sum(sizes[key] for key in hidden) < FEW and len(hidden) < len(groups):
        hidden.add(min((key for key in sizes if key not in hidden), key=lambda key: (sizes[key], str(key))))
    return {key: pairs for key, pairs in groups.items() if key not in hidden}, len(hidden)
