"""Columns: how many in each month, in order. Where the numbers do not fit above all, the highest say theirs."""

from lms.reports.charts import svg
from lms.reports.charts.chart import Chart
from lms.reports.charts.measuring import width_of
from lms.reports.charts.svg import BLUE, INK, SIZE, SMALL, SOFT, WIDTH

TOP, TALL, LINE = 22, 135, 20
SPACE = 4
# Of the room of a column, and of the column in it.
ROOMIEST, WIDEST = 100, 48


def columns(rows, *, label, say="{:,}".format):
    """`rows`: (label, value). The year at a label's end ("June 2026") is written where it changes.

    `say(value)`: the number as it is written.
    """
    rows = [(*_parted(str(name)), value) for name, value in rows]
    if not rows:
        return Chart()
    step = min(WIDTH / len(rows), ROOMIEST)
    most = max(value for _name, _year, value in rows)
    base = TOP + TALL
    content = [_bar(n, step, value, most, base) for n, (_name, _year, value) in enumerate(rows)]
    content += _values(rows, step, most, base, say)
    content.append(svg.path(f"M0 {base}H{svg.number(float(step * len(rows)))}", INK, 1.5))
    content += _names(rows, step, base)
    years = any(year for _name, year, _value in rows)
    height = base + (2 * LINE if years else LINE) + 6
    return Chart(svg.drawing("".join(content), height=height, label=label))


def _parted(name):
    """("June", "2026") of "June 2026"; ("Week 3", "") of that."""
    first, _space, last = name.rpartition(" ")
    return (first, last) if first and len(last) == 4 and last.isdecimal() else (name, "")


def _bar(n, step, value, most, base):
    height = _height(value, most)
    wide = min(step - min(8, step / 4), WIDEST)
    return svg.rect((n + 0.5) * step - wide / 2, base - height, wide, height, BLUE) if height else ""


def _height(value, most):
    return round(TALL * value / most, 1) if value and most else 0.0


def _values(rows, step, most, base, say):
    """The highest first, then the latest: as many as stand free of each other."""
    order = sorted(range(len(rows)), key=lambda n: (-rows[n][2], -n))
    taken, found = [], []
    for n in order:
        value = rows[n][2]
        half = width_of(say(value), SIZE) / 2
        middle = min(max((n + 0.5) * step, half), WIDTH - half)
        y = base - _height(value, most) - 6
        if _free(taken, middle - half, middle + half, y, rows, step, most, base, n):
            taken.append((middle - half, middle + half, y))
            found.append(svg.words(middle, y, say(value), anchor="middle", bold=True))
    return found


def _free(taken, left, right, y, rows, step, most, base, own):
    """Whether neither another number nor a higher column stands there."""
    beside = any(left < end + 2 and begin - 2 < right for begin, end, _y in taken)
    first, last = int(left // step), int(min(right // step, len(rows) - 1))
    behind = any(base - _height(rows[n][2], most) < y + 2 for n in range(max(first, 0), last + 1) if n != own)
    return not beside and not behind


def _names(rows, step, base):
    """Every label, or every second, third ...: as they stand free of each other. Years where they change."""
    widest = max(width_of(name, SMALL) for name, _year, _value in rows)
    every = max(1, -int(-(min(widest, WIDTH) + SPACE) // step))
    found, told, last_end = [], None, -SPACE
    for n, (name, year, _value) in enumerate(rows):
        middle = (n + 0.5) * step
        if n % every == 0:
            half = min(width_of(name, SMALL), WIDTH) / 2
            x = min(max(middle, half), WIDTH - half)
            found.append(
                svg.words(x, base + LINE - 2, name, room=WIDTH, size=SMALL, anchor="middle", fill=SOFT)
            )
        # Below its month; where that is narrow, at its left, so that two years have room one month apart.
        wide = width_of(year, SMALL)
        beside = n * step + min(4, step / 8) if n else 0
        start = min(middle - wide / 2 if wide < step else beside, WIDTH - wide)
        if year and year != told and start >= last_end + 2:
            found.append(svg.words(start, base + 2 * LINE - 2, year, size=SMALL, fill=SOFT))
            told, last_end = year, start + wide
    return found
