"""What is kept of attempts while they stream by: sums, never the attempts themselves. Pure.

The memory depends on the number of questions and of their options alone.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

# In place of an option: what was chosen instead of one.
NOT_SURE, NO_ANSWER = ("", "not sure"), ("", "no answer")


@dataclass(frozen=True)
class Answered:
    """One question of one attempt.

    `item` names the question and its meaning. `fraction`: how much of it was right, 0 to 1. `chosen`: the
    (place, option) that were chosen, or `NOT_SURE`, or `NO_ANSWER`. `seconds`: None where not known.
    """

    item: tuple
    fraction: float
    chosen: tuple = ()
    seconds: int | None = None
    edition: int | None = None


@dataclass
class Chosen:
    """Of those who chose an option: how many, and how they did on the rest of the test."""

    n: int = 0
    # Those who were asked anything else.
    compared: int = 0
    rest: float = 0.0

    def add(self, rest):
        self.n += 1
        if rest is not None:
            self.compared += 1
            self.rest += rest

    @property
    def mean_rest(self):
        return self.rest / self.compared if self.compared else None


@dataclass
class ItemSums:
    """Of one question. x is its fraction, r the mean fraction of the other questions of the same attempt."""

    n: int = 0
    x: float = 0.0
    is_binary: bool = True
    # The sums for the correlation: of the attempts that asked anything else.
    pairs: int = 0
    px: float = 0.0
    pxx: float = 0.0
    r: float = 0.0
    rr: float = 0.0
    xr: float = 0.0
    chosen: dict = field(default_factory=lambda: defaultdict(Chosen))
    seconds: Counter = field(default_factory=Counter)
    # {edition: how often it was asked}
    editions: Counter = field(default_factory=Counter)

    def add(self, one, rest):
        x = one.fraction
        self.n += 1
        self.x += x
        self.is_binary = self.is_binary and x in (0, 1)
        if rest is not None:
            self.pairs += 1
            self.px += x
            self.pxx += x * x
            self.r += rest
            self.rr += rest * rest
            self.xr += x * rest
        for choice in one.chosen:
            self.chosen[choice].add(rest)
        if one.seconds is not None:
            self.seconds[one.seconds] += 1
        self.editions[one.edition] += 1


@dataclass
class QuizSums:
    """Of all first attempts at a quiz. `core`: the items that everybody was asked, for the reliability.

    Who was asked other questions, because they are drawn by lot, meant for a sector or written later, has the
    rest of the test reckoned as the mean of what they were asked: as far as it goes, the percentage right.
    That is Pearson's correlation over available cases; where everybody is asked the same it is the same as
    with the total. The reliability is over complete cases of the core alone (Little, R. J. A. and Rubin, D. B.
    (2002), Statistical Analysis with Missing Data, chapter 3, on both ways). An unanswered question counts as
    wrong, as it does in the score.
    """

    core: frozenset = frozenset()
    n: int = 0
    items: dict = field(default_factory=lambda: defaultdict(ItemSums))
    # Of complete attempts: their number, {item: [sum, sum of squares]}, and those of the total.
    complete: int = 0
    core_items: dict = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    total: float = 0.0
    squares: float = 0.0

    def add(self, answered):
        """One attempt: its Answered, each item once."""
        self.n += 1
        points = sum(one.fraction for one in answered)
        others = len(answered) - 1
        for one in answered:
            rest = (points - one.fraction) / others if others else None
            self.items[one.item].add(one, rest)
        self._add_to_core(answered)

    def _add_to_core(self, answered):
        mine = [one for one in answered if one.item in self.core]
        if not mine or len(mine) < len(self.core):
            return
        self.complete += 1
        total = 0.0
        for one in mine:
            sums = self.core_items[one.item]
            sums[0] += one.fraction
            sums[1] += one.fraction**2
            total += one.fraction
        self.total += total
        self.squares += total**2


def chosen_of(payload):
    """((place, option), ...) that this payload chose; `place` is a part or a row, or "".

    Of what was typed or put in order nothing: there are no options to count.
    """
    if not payload:
        return (NO_ANSWER,)
    if payload.get("not_sure") is True:
        return (NOT_SURE,)
    if "chosen" in payload:
        return tuple(("", option) for option in payload["chosen"])
    if "parts" in payload:
        return tuple((part, option) for part, options in payload["parts"].items() for option in options)
    return tuple((row, option) for row, option in payload.get("rows", {}).items() if isinstance(option, str))
