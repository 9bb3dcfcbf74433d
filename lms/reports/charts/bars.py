"""Charts of bars that begin at nothing: a part of a whole, a value and its target, a way on which some stop."""

from lms.reports.charts import svg
from lms.reports.charts.chart import Chart
from lms.reports.charts.rows import Mark, stacked
from lms.reports.charts.svg import BLUE, BROWN, EDGE, INK, PALE, TRACK, WIDTH

HEIGHT = 28
# A target is passed by so much at most in the drawing; then an arrow says that it goes on.
FARTHEST = 1.5
# Of a hundred of the target: from here on the bar is full, below it hatched.
ENOUGH = 75


def nested_bars(rows, *, names, label, again):
    """`rows`: (label, whole, part, tick or None, words). `names`: of whole, part and tick."""
    rows = list(rows)
    ends = [end for row in rows for end in row[1:4] if end is not None]
    most = max(ends, default=0)
    marks = [Mark(row[0], row[4], _nested(row, most)) for row in rows]
    ticks = any(row[3] is not None for row in rows)
    key = [("track", names[0]), ("full", names[1])] + ([("tick", names[2])] if ticks else [])
    return Chart(stacked(marks, height=HEIGHT, label=label, again=again), key) if rows else Chart()


def _nested(row, most):
    _label, whole, part, tick, _words = row

    def draw(_n, y):
        content = _start(y) + _bar(y + 3, 22, _along(whole, most), TRACK, stroke=EDGE)
        content += _bar(y + 7, 14, _along(part, most), BLUE)
        return content + (_tick(_along(tick, most), y) if tick is not None else "")

    return draw


def bullets(rows, *, names, label, again, enough=ENOUGH):
    """`rows`: (label, value, target or None, words): each bar in hundredths of its target.

    Where no row has a target, the values against each other. `names`: of near enough, below that, the target,
    no target, far beyond.
    """
    rows = list(rows)
    if not rows:
        return Chart()
    pattern = svg.name_of("bullets", rows)
    shares = [value / target for _label, value, target, _words in rows if target]
    most = min(max([1, *shares]), FARTHEST) if shares else max(row[1] for row in rows)
    marks = [Mark(row[0], row[3], _bullet(row, most, bool(shares), enough, pattern)) for row in rows]
    picture = stacked(
        marks,
        height=HEIGHT - 2,
        label=label,
        again=again,
        patterns=lambda n: svg.element("defs", svg.hatching(f"{pattern}-{n}", BROWN)),
    )
    return Chart(picture, _bullet_key(rows, names, enough) if shares else [])


def _bullet_key(rows, names, enough):
    near = [value * 100 >= target * enough for _label, value, target, _words in rows if target]
    beyond = any(value > target * FARTHEST for _label, value, target, _words in rows if target)
    none = any(not row[2] for row in rows)
    found = [
        (any(near), "full", names[0]),
        (not all(near), "hatched", names[1]),
        (True, "tick", names[2]),
        (none, "none", names[3]),
        (beyond, "beyond", names[4]),
    ]
    return [(swatch, words) for there, swatch, words in found if there]


def _bullet(row, most, targets, enough, pattern):
    _label, value, target, _words = row

    def draw(n, y):
        if not targets:
            return _start(y) + _bar(y + 4, 18, _along(value, most), BLUE)
        if not target:
            return _start(y) + svg.path(f"M4 {y + 13}H{WIDTH}", EDGE, 2, stroke_dasharray="2 4")
        aim, reached = _along(1, most), _along(min(value / target, most), most)
        content = _start(y) + _bar(y + 4, 18, aim, PALE, stroke=EDGE)
        if value * 100 >= target * enough:
            content += _bar(y + 4, 18, reached, BLUE)
        elif reached:
            content += _bar(y + 4, 18, reached, f"url(#{pattern}-{n})", stroke=BROWN, stroke_width=1.5)
        content += _tick(aim, y)
        if value / target > most:
            content += svg.path(f"M{WIDTH - 11} {y + 8}l8 5-8 5z", fill="#fff")
        return content

    return draw


def funnel(rows, *, names, words, label, again):
    """`rows`: (label, value, of, flagged): how many came so far, of how many. `words`: "{value} of {of}".

    `names`: of those who began, those who came here, and of a step at which many stop.
    """
    rows = list(rows)
    if not rows:
        return Chart()
    pattern = svg.name_of("funnel", rows)
    most = max(max(row[1], row[2]) for row in rows)
    marks = [
        Mark(row[0], str(words).format(value=row[1], of=row[2]), _step(row, most, pattern)) for row in rows
    ]
    picture = stacked(
        marks,
        height=HEIGHT - 2,
        label=label,
        again=again,
        patterns=lambda n: svg.element("defs", svg.hatching(f"{pattern}-{n}", BROWN)),
    )
    key = [("pale", names[0])]
    key += [("full", names[1])] if any(not row[3] for row in rows) else []
    return Chart(picture, key + ([("hatched", names[2])] if any(row[3] for row in rows) else []))


def _step(row, most, pattern):
    _label, value, of, flagged = row

    def draw(n, y):
        content = _start(y) + _bar(y + 4, 18, _along(of, most), PALE, stroke=EDGE)
        if flagged and value:
            return content + _bar(
                y + 4, 18, _along(value, most), f"url(#{pattern}-{n})", stroke=BROWN, stroke_width=1.5
            )
        return content + _bar(y + 4, 18, _along(value, most), BLUE)

    return draw


def _along(value, most):
    """How far from the left: nothing at nothing, the whole width at the most."""
    return round(WIDTH * value / most, 1) if value and most else 0


def _start(y):
    """Where the bars begin: a row of nothing is seen to be one."""
    return svg.path(f"M0 {y}v{HEIGHT - 2}", EDGE, 1.5)


def _bar(y, height, length, fill, **attributes):
    return svg.rect(0, y, length, height, fill, **attributes) if length else ""


def _tick(x, y):
    """A line across the bar, with a light edge: it is seen on a dark bar too."""
    across = f"M{svg.number(x)} {y}v{HEIGHT - 2}"
    return svg.path(across, "#fff", 6) + svg.path(across, INK, 3)
