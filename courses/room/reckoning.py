"""What tests and surveys of a workshop add up to. Pure: values in, values out.

Shares are of 100, with one decimal. Where fewer than `FEW` stand behind a figure it is left out: it would
speak of one person, and it would not bear a judgement.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

FEW = 5
MOST_MISCONCEPTIONS = 3
# Replies of one kind are added to the totals at the fifth, and then three at a time.
FIRST_SHOWN, STEP = 5, 3


@dataclass(frozen=True)
class Gain:
    """Of people with both tests: the mean before and after, and what lies between.

    `normalised`: the share of what could still be gained; None where nothing could.
    """

    n: int
    before: float | None = None
    after: float | None = None
    points: float | None = None
    normalised: float | None = None

    @property
    def is_judged(self):
        return self.before is not None


def gain(pairs):
    """A Gain. `pairs` are (score before, score after), of 100."""
    pairs = list(pairs)
    if len(pairs) < FEW:
        return Gain(len(pairs))
    before = Fraction(sum(first for first, _second in pairs), len(pairs))
    after = Fraction(sum(second for _first, second in pairs), len(pairs))
    share = 100 * (after - before) / (100 - before) if before < 100 else None
    normalised = None if share is None else tenth(share)
    return Gain(len(pairs), tenth(before), tenth(after), tenth(after - before), normalised)


@dataclass(frozen=True)
class Share:
    """So many of so many. `per_cent` is None where they are few."""

    k: int
    n: int

    @property
    def per_cent(self):
        return tenth(Fraction(100 * self.k, self.n)) if self.n >= FEW else None


def right_shares(marked):
    """{question: Share of those who had it wholly right}. `marked` are (question, fraction)."""
    right, asked = Counter(), Counter()
    for question, fraction in marked:
        asked[question] += 1
        right[question] += fraction == 1
    return {question: Share(right[question], n) for question, n in asked.items()}


@dataclass(frozen=True)
class Misconception:
    """A wrong answer and how many of those asked chose it. `answer`: (place in the question, option)."""

    question: object
    answer: tuple
    share: Share


def misconceptions(given, most=MOST_MISCONCEPTIONS):
    """The commonest wrong answers, one of each question, by their share; alike, the one asked more often.

    `given` are (question, [wrong answers chosen]), one for each person who was asked. Of a question that
    few were asked nothing is said, nor of a slip of one person.
    """
    asked, chosen = Counter(), defaultdict(Counter)
    for question, wrong in given:
        asked[question] += 1
        chosen[question].update(set(wrong))
    found = []
    for question, counts in chosen.items():
        # By the answer's own id where two are chosen as often: the same every time.
        answer, k = min(counts.items(), key=lambda one: (-one[1], one[0]), default=(None, 0))
        if k > 1 and asked[question] >= FEW:
            found.append(Misconception(question, answer, Share(k, asked[question])))
    found.sort(key=lambda one: (-Fraction(one.share.k, one.share.n), -one.share.n, str(one.question)))
    return found[:most]


def wrong_answers(key, payload):
    """[(place, option), ...] of what was chosen and is not right; nothing of what was typed or put in order.

    `key` is {"right": ...} as stored; `place` is a part or a row, or "".
    """
    payload = payload or {}
    if "chosen" in payload:
        return [("", option) for option in payload["chosen"] if option not in key["right"]]
    if "parts" in payload:
        return [
            (part, option)
            for part, options in payload["parts"].items()
            for option in options
            if option not in key["right"][part]
        ]
    # The places of an order are figures: which is wrong says nothing about what somebody believes.
    return [
        (row, option)
        for row, option in payload.get("rows", {}).items()
        if isinstance(option, str) and option != key["right"].get(row)
    ]


def shown_of(n):
    """How many of `n` replies of one kind may be among the totals.

    Between two looks at them nothing, or at least `STEP` replies, came: no difference is one person's.
    """
    return 0 if n < FIRST_SHOWN else n - (n - FIRST_SHOWN) % STEP


@dataclass(frozen=True)
class Marks:
    """Marks from 1 to 5 for one statement."""

    counts: tuple

    @property
    def n(self):
        return sum(self.counts)

    @property
    def mean(self):
        total = sum(mark * count for mark, count in enumerate(self.counts, 1))
        return tenth(Fraction(total, self.n)) if self.n >= FEW else None


def totals(replies, statements):
    """{statement: Marks}. `replies` are {statement: 1 to 5}; what was left empty is absent."""
    counted = Counter((name, reply[name]) for reply in replies for name in statements if name in reply)
    return {name: Marks(tuple(counted[name, mark] for mark in range(1, 6))) for name in statements}


def tenth(number):
    """One decimal, halves away from nothing: what people reckon by hand."""
    ten = abs(number) * 10
    rounded = int(ten + Fraction(1, 2)) / 10
    return -rounded if number < 0 else rounded
