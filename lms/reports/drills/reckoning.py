"""From first tries at drills to figures: who missed something of a step, which critical errors were made. Pure.

A person met a step whose points could be had on the way they took, and missed something of it where they have
fewer of them. With several drills, or several situations on one step, a person still counts once: as having met
it, and as having missed something where that was so in any of them. Of fewer than FEW people nothing is told.
"""

from collections import defaultdict
from dataclasses import dataclass

from lms.reports.figures.suppressing import Hidden, hide_list

# Of fewer people nothing is told.
FEW = 5


@dataclass(frozen=True)
class Try:
    """The first finished try of a person at a drill. `steps`: {step: (points, of)}; `critical`: [(place, code
    of the error), ...]; `missed`: places (situations or fields) at which more could have been done."""

    who: int
    agency: int | None
    drill: tuple
    edition: int
    steps: dict
    critical: tuple = ()
    missed: tuple = ()


@dataclass(frozen=True)
class Cell:
    """Of `n` people who met a step, how many missed something of it. `n` may be Hidden, `missed` then None."""

    n: object
    missed: int | None

    @property
    def share(self):
        """Whole per cent, halves rounded up; None where nothing may be told."""
        return None if self.missed is None or not self.n else (200 * self.missed + self.n) // (2 * self.n)


@dataclass(frozen=True)
class Error:
    """A critical error at one place of a drill, and how many people made it. `edition`: the newest they met."""

    drill: tuple
    place: str
    code: str
    people: int
    edition: int


def by_agency(tries, steps):
    """({agency: [Cell, ...]}, [Cell of everybody, ...]), a cell for each of `steps`.

    What is hidden at a step cannot be worked out from its total: the rule of `suppressing`.
    """
    met, missed = defaultdict(set), defaultdict(set)
    for one in tries:
        for step, (points, of) in one.steps.items():
            met[one.agency, step].add(one.who)
            if points < of:
                missed[one.agency, step].add(one.who)
    agencies = sorted({agency for agency, _step in met}, key=lambda key: (key is None, key or 0))
    found, whole = {agency: [] for agency in agencies}, []
    for step in steps:
        counts = [len(met[agency, step]) for agency in agencies]
        lacking = [len(missed[agency, step]) for agency in agencies]
        told, total = hide_list(counts, sum(counts))
        for agency, n, short in zip(agencies, told, lacking, strict=True):
            found[agency].append(_cell(n, short))
        whole.append(_cell(total, sum(lacking)))
    return found, whole


def _cell(n, missed):
    return Cell(n, None if isinstance(n, Hidden) else missed)


def of_group(tries, steps):
    """[Cell, ...] of one group, such as a class: hidden where fewer than FEW met the step."""
    _agencies, whole = by_agency([_without_agency(one) for one in tries], steps)
    return whole


def _without_agency(one):
    return Try(one.who, None, one.drill, one.edition, one.steps, one.critical, one.missed)


def commonest(tries):
    """([Error, ...], how many are not told of), the commonest first. Told are those of FEW people."""
    people, editions = defaultdict(set), defaultdict(int)
    for one in tries:
        for place, code in one.critical:
            key = (one.drill, place, code)
            people[key].add(one.who)
            editions[key] = max(editions[key], one.edition)
    errors = [Error(*key, len(who), editions[key]) for key, who in people.items()]
    told = [one for one in errors if one.people >= FEW]
    return sorted(told, key=lambda one: (-one.people, one.drill, one.place, one.code)), len(errors) - len(told)


def most_missed(tries):
    """Places at which FEW people or more missed something, the most missed first."""
    people = defaultdict(set)
    for one in tries:
        for place in one.missed:
            people[place].add(one.who)
    told = [(len(who), place) for place, who in people.items() if len(who) >= FEW]
    return [place for _n, place in sorted(told, key=lambda pair: (-pair[0], pair[1]))]
