"""Before and after: two dots on a scale of a hundred, and the way between them."""

from lms.reports.charts import svg
from lms.reports.charts.chart import Chart
from lms.reports.charts.rows import Mark, stacked
from lms.reports.charts.svg import BLUE, BROWN, INK, LINE, SMALL, SOFT, WIDTH

HEIGHT, FOOT = 24, 22
SCALE = (0, 25, 50, 75, 100)


def dumbbells(rows, *, tick=None, names, label, again):
    """`rows`: (label, before, after, words) of 100; None where a figure is not shown. `tick`: the pass mark.

    `names`: of before, after, a fall, no change, the tick.
    """
    rows = list(rows)
    if not rows:
        return Chart()
    marks = [Mark(row[0], row[3], _dumbbell(row, tick)) for row in rows]
    picture = stacked(marks, height=HEIGHT, label=label, again=again, below=FOOT, foot=_scale)
    known = [row for row in rows if row[1] is not None and row[2] is not None]
    key = [("hollow", names[0]), ("dot", names[1])]
    key += [("alike", names[3])] if any(after == before for _label, before, after, _words in known) else []
    key += [("fall", names[2])] if any(after < before for _label, before, after, _words in known) else []
    return Chart(picture, key + ([("tick", names[4])] if tick is not None else []))


def _at(value):
    """Where it stands; the dots of 0 and 100 stay in the picture."""
    return round(8 + (WIDTH - 16) * min(max(value, 0), 100) / 100, 1)


def _dumbbell(row, tick):
    _label, before, after, _words = row

    def draw(_n, y):
        middle = y + HEIGHT // 2
        content = svg.path(f"M{_at(0)} {middle}H{_at(100)}", LINE, 1.5)
        if tick is not None:
            content += svg.path(f"M{_at(tick)} {y}v{HEIGHT}", INK, 2)
        if before is not None and after is not None and before != after:
            fell = after < before
            way = f"M{_at(before)} {middle}H{_at(after)}"
            content += svg.path(way, BROWN if fell else BLUE, 4, stroke_dasharray="5 3" if fell else None)
        if before is not None and before == after:
            return content + _alike(_at(after), middle)
        if after is not None:
            content += svg.circle(_at(after), middle, 8, BLUE, stroke="#fff")
        if before is not None:
            # The smaller one above: both are seen where little changed.
            content += svg.circle(_at(before), middle, 5.5, "#fff", stroke=BLUE, stroke_width=3)
        return content

    return draw


def _alike(x, y):
    """Half of either dot, where nothing changed: one would hide the other."""
    half = svg.path(f"M{x} {y - 8}a8 8 0 0 1 0 16z", fill=BLUE)
    return svg.circle(x, y, 6.5, "#fff", stroke=BLUE, stroke_width=3) + half


def _scale(y):
    texts = []
    for value in SCALE:
        anchor = {0: None, 100: "end"}.get(value, "middle")
        x = {0: 0, 100: WIDTH}.get(value, _at(value))
        texts.append(svg.words(x, y + 20, f"{value}%", size=SMALL, anchor=anchor, fill=SOFT))
    return "".join(texts)
