"""What to do about a question, by rules that the page states. Pure.

The limits are those of the textbooks: a discrimination below nothing speaks against the key, and one below .20
against the item (Ebel, R. L. and Frisbie, D. A. (1991), Essentials of Educational Measurement, chapter 13); an
option that nobody chooses does nothing (Haladyna, T. M. and Downing, S. M. (1993), How many options is enough
for a multiple-choice test item?, Educational and Psychological Measurement 53, 999-1010). Everybody is meant
to pass these tests, which narrows the spread: so only below `WEAK` it is called weak.
"""

from dataclasses import dataclass

from lms.reports.items.formulas import FEWEST

EASY = 0.95
HARD = 0.5
WEAK_BELOW = 0.1
# A wrong option speaks against the key where at least so many, and such a share, chose it.
FEWEST_CHOOSERS = 5
LEAST_SHARE = 0.05

# The worst first.
CHECK_KEY, WEAK, TOO_EASY, UNUSED, USEFUL, WELL, ALIKE, TOO_FEW = (
    "check_key",
    "weak",
    "too_easy",
    "unused",
    "useful",
    "well",
    "alike",
    "too_few",
)
ORDER = (CHECK_KEY, WEAK, TOO_EASY, UNUSED, USEFUL, WELL, ALIKE, TOO_FEW)
NEED_ATTENTION = (CHECK_KEY, WEAK, TOO_EASY, UNUSED)


@dataclass(frozen=True)
class Advice:
    """`about`: the (place, option) it speaks of, or None. `is_chosen_most`: more chose it than the key."""

    code: str
    about: tuple | None = None
    is_chosen_most: bool = False

    @property
    def needs_attention(self):
        return self.code in NEED_ATTENTION


def advise(figures, right, offered):
    """The Advice about a question.

    `figures`: its Figures. `offered`: {place: [option, ...]} in the order written, "" the only place where
    there are no parts; {} where nothing is chosen from options of its own. `right`: {place: {right options}}.
    """
    if figures.n < FEWEST:
        return Advice(TOO_FEW)
    if figures.difficulty > EASY:
        return Advice(TOO_EASY)
    stronger = _stronger(figures, right, offered)
    below = figures.discrimination is not None and figures.discrimination < 0
    if stronger or below:
        return Advice(CHECK_KEY, stronger, bool(stronger) and _beats_key(figures, right, *stronger))
    if figures.discrimination is not None and figures.discrimination < WEAK_BELOW:
        return Advice(WEAK)
    unused = next(
        (
            (place, option)
            for place, options in offered.items()
            for option in options
            if option not in right.get(place, ()) and not figures.choice(place, option).n
        ),
        None,
    )
    if unused:
        return Advice(UNUSED, unused)
    if figures.discrimination is None:
        return Advice(ALIKE)
    return Advice(USEFUL if figures.difficulty < HARD else WELL)


def rank(advice, figures):
    """To sort by: the worst first, and of two alike the one that tells strong from weak less."""
    discrimination = 2 if figures.discrimination is None else figures.discrimination
    return ORDER.index(advice.code), discrimination, figures.difficulty


def _stronger(figures, right, offered):
    """The wrong (place, option) whose choosers did better on the rest than those who chose the key, or None.

    Of several the one whose choosers did best.
    """
    found = []
    for place, options in offered.items():
        keyed = _rest_of_right(figures, place, right.get(place, ()))
        for option in options:
            choice = figures.choice(place, option)
            is_wrong = option not in right.get(place, ())
            enough = choice.n >= FEWEST_CHOOSERS and choice.share >= LEAST_SHARE
            if is_wrong and enough and keyed is not None and choice.rest is not None and choice.rest > keyed:
                found.append((choice.rest, (place, option)))
    return max(found)[1] if found else None


def _beats_key(figures, right, place, option):
    return all(figures.choice(place, option).n > figures.choice(place, one).n for one in right[place])


def _rest_of_right(figures, place, options):
    chosen = [figures.choice(place, option) for option in options]
    chosen = [one for one in chosen if one.n and one.rest is not None]
    n = sum(one.n for one in chosen)
    return sum(one.rest * one.n for one in chosen) / n if n else None
