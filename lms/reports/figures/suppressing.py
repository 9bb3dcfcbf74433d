"""Small numbers in what leaves the office: hidden, and with them as many others as keep them hidden.

Numbers from 1 to 4 are hidden ("fewer than 5"), and so many others ("not shown") that no hidden number can be
worked out from those that are shown. This is complementary cell suppression: Cox, L. H. (1980) "Suppression
methodology and statistical disclosure control", Journal of the American Statistical Association 75(370),
377-385; Hundepool et al. (2012) "Statistical Disclosure Control" (Wiley), chapter 4, which grew from Eurostat's
handbook. What is shown at the end is checked exactly, see `networks`.

The rule, for an outsider who knows every shown number, every total, and that counts are whole and not negative:
- a number from 1 to 4 could still be any of 1, 2, 3 and 4;
- any other hidden number could still be one of at least four.

It holds for one table, or for the lists that share a total. Two tables of the same people side by side are not
reckoned together, and a table of one month later may tell what this one hides.
"""

from dataclasses import dataclass
from enum import Enum

from lms.reports.figures.networks import ABSENT, FEWER, FEWEST, KEPT, MOST, SHOWN, Arc, Network

# A hidden number that is not small could still be one of this many and one more.
WIDTH = 3
# What is hidden to protect another: rather a cell than a zero, a zero than a total, hardly ever the whole.
OF_A_CELL, OF_A_ZERO, OF_A_TOTAL, OF_THE_WHOLE = 100, 10**6, 10**8, 10**12
START, END, WHOLE = "start", "end", "whole"


class Hidden(Enum):
    """Stands in place of a number. Never says more than its name."""

    FEWER = "fewer than 5"
    KEPT = "not shown"


@dataclass(frozen=True)
class Shown:
    """A table as it may go out: numbers, Hidden, and None where there was none."""

    cells: list
    rows: list | None
    columns: list | None
    total: object


def is_small(count):
    return count is not None and FEWEST <= count <= MOST


def hide_table(cells, rows=None, columns=None, total=None):
    """`cells`: lists of counts, one a row; their totals as far as they are printed. Returns Shown.

    Totals need not be sums (people who moved count in two places): the outsider is taken to know by how much.
    """
    wide = max(map(len, cells), default=0)
    arcs = {(START, END): _arc(END, START, total, OF_THE_WHOLE)}
    for i, row in enumerate(cells):
        arcs["row", i] = _arc(START, ("row", i), rows[i] if rows else None, OF_A_TOTAL)
        for j, count in enumerate(row):
            if count is not None:
                arcs[i, j] = _arc(("row", i), ("column", j), count)
    for j in range(wide):
        arcs["column", j] = _arc(("column", j), END, columns[j] if columns else None, OF_A_TOTAL)
    _protect(arcs)
    return Shown(
        cells=[[_said(arcs.get((i, j))) for j in range(len(row))] for i, row in enumerate(cells)],
        rows=rows and [_said(arcs["row", i]) for i in range(len(cells))],
        columns=columns and [_said(arcs["column", j]) for j in range(wide)],
        total=_said(arcs[START, END]),
    )


def hide_list(counts, total=None):
    """(counts, total) as they may go out."""
    lists, whole = hide_lists([counts], total)
    return lists[0], whole


def hide_lists(lists, total=None):
    """([counts, ...], total): the same people by agency, by sex and so on, against the one total they share.

    Each is hidden for itself as long as the total is shown; where that must be hidden, it is in all of them.
    """
    arcs = {WHOLE: _arc(len(lists), 0, total, OF_THE_WHOLE)}
    for k, counts in enumerate(lists):
        arcs |= {(k, i): _arc(k, k + 1, count) for i, count in enumerate(counts) if count is not None}
    _protect(arcs)
    found = [[_said(arcs.get((k, i))) for i in range(len(counts))] for k, counts in enumerate(lists)]
    return found, _said(arcs[WHOLE])


def per_cent(part, whole):
    """A whole number, halves rounded up; None where it would be of, or tell of, fewer than 5 people."""
    if isinstance(part, Hidden) or isinstance(whole, Hidden) or part is None or whole is None:
        return None
    if whole <= MOST or is_small(part):
        return None
    return (200 * part + whole) // (2 * whole)


def _arc(tail, head, count, cost=None):
    if count is None:
        return Arc(tail, head, 0, 0, ABSENT)
    if count < 0:
        raise ValueError("A count is not negative.")
    if cost is None:
        cost = OF_A_CELL + min(count, OF_A_ZERO) if count else OF_A_ZERO
    return Arc(tail, head, count, cost, FEWER if is_small(count) else SHOWN)


def _protect(arcs):
    """Hides until the rule holds. To hide more only widens what others could be: each is looked at once."""
    network, done = Network(arcs), set()
    while waiting := [name for name, arc in arcs.items() if arc.state in (FEWER, KEPT) and name not in done]:
        for name in waiting:
            arc = arcs[name]
            if is_small(arc.value):
                network.slack(arc, 1, MOST - arc.value, hiding=True)
                network.slack(arc, -1, arc.value - FEWEST, hiding=True)
            else:
                lower = network.slack(arc, -1, min(WIDTH, arc.value))
                network.slack(arc, 1, WIDTH - lower, hiding=True)
            done.add(name)


def _said(arc):
    if arc is None or arc.state == ABSENT:
        return None
    return {SHOWN: arc.value, FEWER: Hidden.FEWER, KEPT: Hidden.KEPT}[arc.state]
