"""Charts of rows: a label and a value in one line, or in two where they are long, and the mark below them."""

from dataclasses import dataclass

from lms.reports.charts import svg
from lms.reports.charts.measuring import width_of
from lms.reports.charts.svg import SIZE, WIDTH

GAP = 12
LINE = 20
# A picture cannot be broken between two pages of paper: after so many rows there comes another.
ROWS_A_PICTURE = 12
# Between the mark of a row and the label of the next.
BETWEEN = 10


@dataclass(frozen=True)
class Mark:
    """`draw(y)`: the markup of one row's mark, its upper edge at `y`."""

    label: str
    words: str
    draw: object


def stacked(marks, *, height, label, again, patterns=None, below=0, foot=None):
    """The pictures of all rows, one after the other.

    `height` of a mark; `again`: the label of one of several pictures, with {label}, {n} and {all}.
    `patterns(n)`: definitions that the n-th picture needs. `foot(y)`: what stands below the last row of each,
    `below` high.
    """
    parts = [marks[start : start + ROWS_A_PICTURE] for start in range(0, len(marks), ROWS_A_PICTURE)]
    pictures = []
    for n, part in enumerate(parts, 1):
        said = str(label) if len(parts) == 1 else str(again).format(label=label, n=n, all=len(parts))
        pictures.append(_picture(part, n, height, said, patterns, below, foot))
    return svg.Svg("".join(pictures))


def _picture(marks, n, height, said, patterns, below, foot):
    content, y = [patterns(n) if patterns else ""], 0
    for mark in marks:
        lines, y = _headed(mark, y)
        content += [*lines, mark.draw(n, y)]
        y += height + BETWEEN
    if foot:
        content.append(foot(y - BETWEEN))
    return svg.drawing("".join(content), height=y + below, label=said)


def _headed(mark, y):
    """(what is written above a mark, where the mark begins)."""
    label, said = str(mark.label), str(mark.words)
    value = width_of(said, SIZE)
    first = y + LINE - 5
    if not said or width_of(label, SIZE) + GAP + value <= WIDTH:
        room = WIDTH - value - GAP if said else WIDTH
        lines = [svg.words(0, first, label, room=room)]
        if said:
            lines.append(svg.words(WIDTH, first, said, anchor="end", bold=True))
        return lines, y + LINE + 4
    lines = [
        svg.words(0, first, label, room=WIDTH),
        svg.words(0, first + LINE, said, room=WIDTH, bold=True),
    ]
    return lines, y + 2 * LINE + 4
