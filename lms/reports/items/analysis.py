"""What the sums come to: figures of each question, and the reliability of the test. Pure."""

from dataclasses import dataclass, field

from lms.reports.items import formulas
from lms.reports.items.sums import NO_ANSWER, NOT_SURE

KR20, ALPHA = "KR-20", "Cronbach's alpha"
# Why there is no figure.
FEW, FEW_ITEMS, ALIKE = "few", "few items", "alike"
# A median of fewer times would be one person's.
FEWEST_TIMES = 5


@dataclass(frozen=True)
class Choice:
    """One option: how many chose it, their share of those asked, and how they did on the rest (0 to 1)."""

    place: str
    option: str
    n: int
    share: float
    rest: float | None


@dataclass(frozen=True)
class Figures:
    """Of one question.

    `difficulty`: the proportion right, of a question with partial credit the mean fraction: the index p of
    Crocker and Algina (1986), chapter 14. High is easy. `discrimination`: the corrected item-rest correlation;
    None with the reason in `why_not`. `seconds`: the median; None where fewer than `FEWEST_TIMES` are known.
    """

    n: int
    difficulty: float
    discrimination: float | None
    why_not: str
    is_binary: bool
    choices: tuple
    not_sure: Choice
    unanswered: Choice
    seconds: float | None
    timed: int
    editions: dict

    def choice(self, place, option):
        """That of this option, also where nobody chose it."""
        found = (one for one in self.choices if (one.place, one.option) == (place, option))
        return next(found, Choice(place, option, 0, 0.0, None))


@dataclass(frozen=True)
class Reliability:
    """`value` of the `coefficient` over `items` questions and `n` attempts; None with the reason in `why_not`.

    `error`: the standard error of measurement, in points of 100.
    """

    n: int
    items: int
    value: float | None = None
    coefficient: str = ""
    error: float | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Analysis:
    """`figures`: {item: Figures}."""

    n: int
    reliability: Reliability
    figures: dict = field(default_factory=dict)


def analyse(sums):
    """The Analysis of a QuizSums."""
    return Analysis(sums.n, _reliability(sums), {item: _figures(one) for item, one in sums.items.items()})


def _figures(sums):
    found = None
    why_not = FEW if sums.n < formulas.FEWEST else ""
    if not why_not:
        found = formulas.correlation(sums.pairs, sums.px, sums.r, sums.pxx, sums.rr, sums.xr)
        why_not = "" if found is not None else ALIKE
    special = (NOT_SURE, NO_ANSWER)
    return Figures(
        n=sums.n,
        difficulty=formulas.mean(sums.x, sums.n),
        discrimination=found,
        why_not=why_not,
        is_binary=sums.is_binary,
        choices=tuple(_choice(sums, name) for name in sorted(sums.chosen) if name not in special),
        not_sure=_choice(sums, NOT_SURE),
        unanswered=_choice(sums, NO_ANSWER),
        seconds=formulas.median_of(sums.seconds) if sums.seconds.total() >= FEWEST_TIMES else None,
        timed=sums.seconds.total(),
        editions=dict(sums.editions),
    )


def _choice(sums, name):
    chosen = sums.chosen.get(name)
    n, rest = (chosen.n, chosen.mean_rest) if chosen else (0, None)
    return Choice(*name, n, n / sums.n, rest)


def _reliability(sums):
    """Over the questions that everybody was asked, by those who were asked them all."""
    n, k = sums.complete, len(sums.core)
    if sums.n < formulas.FEWEST or k < formulas.FEWEST_ITEMS or n < formulas.FEWEST:
        return Reliability(n, k, why_not=FEW if sums.n < formulas.FEWEST else FEW_ITEMS)
    spread = formulas.variance(n, sums.total, sums.squares)
    variances = [formulas.variance(n, *one) for one in sums.core_items.values()]
    value = formulas.alpha(variances, spread)
    if value is None:
        return Reliability(n, k, why_not=ALIKE)
    error = formulas.error_of_measurement(spread, value)
    return Reliability(
        n,
        k,
        value,
        KR20 if all(sums.items[item].is_binary for item in sums.core) else ALPHA,
        None if error is None else 100 * error / k,
    )
