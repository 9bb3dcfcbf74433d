"""Sentences that state what a chart shows, and nothing that its numbers do not bear out.

Each takes the rows of its chart and the words to say it with, see `saying`: templates by the name of the claim.
Shares are compared as fractions, never as rounded per cents. Who is named as first is above all not named; what
is alike is called so; what is hidden, or too small to compare, is left out, and that is said.
"""

from fractions import Fraction
from numbers import Number

# Shares of fewer people than this are not compared.
LEAST = 5
# No more names than a heading bears.
NAMES = 3
HALF = Fraction(1, 2)


def rates(rows, words):
    """`rows`: (label, part, whole): where the share is highest, and where it is below a half."""
    return _where_shown(_of_rates, rows, words)


def _of_rates(rows, words):
    there = [(label, part, whole) for label, part, whole in rows if whole]
    shares = [(label, Fraction(part, whole)) for label, part, whole in there if whole >= LEAST]
    if not there:
        return _said(words, "nothing")
    if all(not part for _label, part, _whole in there):
        return _said(words, "nobody")
    if all(part == whole for _label, part, whole in there):
        return _said(words, "everybody")
    if not shares:
        return _said(words, "too few")
    if len(shares) == 1:
        label, part, whole = next(row for row in there if row[2] >= LEAST)
        return _said(words, "one", names=label, part=part, whole=whole)
    claim = _of_shares(shares, words)
    return claim if len(shares) == len(there) else _said(words, "of five", claim=claim)


def _of_shares(shares, words):
    under = [label for label, share in shares if share < HALF]
    some_over = [pair for pair in shares if pair[1] >= HALF]
    leading, alike = _leading(shares, among=len(some_over) or len(shares))
    if alike == len(shares):
        return _said(words, "same")
    first = _highest(leading, alike, len(shares), words)
    if not some_over:
        return _both(first, _said(words, "all under"), words)
    return _both(first, _names(under, "under", words), words)


def counts(rows, words):
    """`rows`: (label, value): where most are, and where nobody is. For months, agencies and the like."""
    return _where_shown(_of_counts, rows, words)


def _of_counts(values, words):
    if not any(value for _label, value in values):
        return _said(words, "nothing")
    if len(values) == 1:
        return _said(words, "one", names=values[0][0], value=values[0][1])
    leading, alike = _leading(values)
    if alike == len(values):
        return _said(words, "same", value=values[0][1])
    none = [label for label, value in values if not value]
    return _both(_highest(leading, alike, len(values), words), _names(none, "none", words), words)


def gains(rows, words):
    """`rows`: (label, before, after), None where a score is not shown: who scored higher afterwards."""
    return _where_shown(_of_gains, rows, words)


def _of_gains(known, words):
    if not known:
        return _said(words, "nothing")
    up = [label for label, before, after in known if after > before]
    rest = [label for label, before, after in known if after <= before]
    if len(known) == 1:
        label, before, after = known[0]
        name = "one up" if up else "one same" if before == after else "one down"
        return _said(words, name, names=label, before=before, after=after)
    if not rest:
        return _said(words, "all up")
    if not up:
        same = all(before == after for _label, before, after in known)
        return _said(words, "all same" if same else "none up")
    return _both(_said(words, "some up", n=len(up), all=len(known)), _names(rest, "rest", words), words)


def targets(rows, words):
    """`rows`: (label, value, target or None): where least of the target is reached, and where all of it."""
    aimed = [(label, value, target) for label, value, target in rows if target]
    return _where_shown(_of_targets, aimed, words)


def _of_targets(aimed, words):
    if not aimed:
        return _said(words, "nothing")
    if len(aimed) == 1:
        label, value, target = aimed[0]
        return _said(words, "one", names=label, value=value, target=target)
    reached = [label for label, value, target in aimed if value >= target]
    if len(reached) == len(aimed):
        return _said(words, "all reached")
    missing = [(label, -Fraction(value, target)) for label, value, target in aimed]
    leading, alike = _leading(missing, among=len(aimed) - len(reached))
    if alike == len(aimed):
        return _said(words, "same")
    return _both(_highest(leading, alike, len(aimed), words), _names(reached, "reached", words), words)


def steps(rows, words):
    """`rows`: (label, value, of, ...) in order: before which step the share of those who go on falls most."""
    return _where_shown(_of_steps, [row[:3] for row in rows], words, all_or_none=True)


def _of_steps(rows, words):
    shares = [(label, Fraction(value, of)) for label, value, of in rows if of]
    if not shares:
        return _said(words, "nothing")
    before = [Fraction(1), *(share for _label, share in shares)]
    falls = [(label, last - share) for last, (label, share) in zip(before, shares, strict=False)]
    most = max(fall for _label, fall in falls)
    if most <= 0:
        return _said(words, "nobody stops")
    first = [label for label, fall in falls if fall == most]
    if len(first) > NAMES:
        return _said(words, "many", n=len(first), all=len(falls))
    return _said(words, "highest one" if len(first) == 1 else "highest", names=_joined(first, words))


def _where_shown(say, rows, words, *, all_or_none=False):
    """What there is to say of the rows whose numbers are shown; and that there are others."""
    rows = [(str(label), *values) for label, *values in rows]
    known = [row for row in rows if all(isinstance(value, Number) for value in row[1:])]
    if len(known) == len(rows):
        return say(known, words)
    if not known or all_or_none:
        return _said(words, "hidden")
    return _said(words, "where shown", claim=say(known, words))


def _leading(values, among=None):
    """(names of those who are above all the others, or none where they are too many; how many share the first).

    One, two or three are named: as many as stand out most from the next. `among`: of so many at most.
    """
    order = sorted(values, key=lambda pair: -pair[1])
    alike = sum(value == order[0][1] for _label, value in order)
    if alike > NAMES or alike == len(order):
        return [], alike
    most = max(alike, min(NAMES, len(order) // 2, among or len(order)))
    gaps = [(order[k - 1][1] - order[k][1], -k) for k in range(alike, most + 1)]
    _gap, k = max(gaps)
    return [label for label, _value in order[:-k]], alike


def _highest(leading, alike, all_, words):
    if not leading:
        return _said(words, "many", n=alike, all=all_)
    return _said(words, "highest one" if len(leading) == 1 else "highest", names=_joined(leading, words))


def _names(labels, claim, words):
    """The claim with their names, or with their number where they are many; nothing of nobody."""
    if len(labels) > NAMES:
        return _said(words, f"{claim} many", n=len(labels))
    return _said(words, claim, names=_joined(labels, words)) if labels else ""


def _both(first, second, words):
    return _said(words, "both", first=first, second=second) if second else first


def _joined(labels, words):
    *some, last = labels
    return _said(words, "and", some=", ".join(some), last=last) if some else last


def _said(words, claim, /, **facts):
    return str(words[claim]).format(**facts)
