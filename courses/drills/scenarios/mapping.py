"""Where a story's situations stand on its map: one row for each step from the beginning. Pure."""

from collections import namedtuple

from courses.drills.scenarios.graph import walk, ways

# In units of the drawing. `points`: of a line from the foot of one box to the head of another.
WIDE, HIGH, GAP, ROW_GAP, MARGIN = 150, 46, 26, 44, 10
Box = namedtuple("Box", "id x y")
Line = namedtuple("Line", "place choice to path is_back")
Drawing = namedtuple("Drawing", "boxes lines width height")


def draw(story):
    """The Drawing of a story, also of one that has faults: what cannot be reached stands in a last row, and a
    choice that leads nowhere has no line."""
    leads_to = ways(story)
    if not leads_to:
        return Drawing((), (), 0, 0)
    beginning = [one["id"] for one in story["situations"][:1]]
    depth = walk(beginning, leads_to)
    last = max(depth.values(), default=-1) + 1
    rows = {}
    for place in leads_to:
        rows.setdefault(depth.get(place, last), []).append(place)
    widest = max(len(row) for row in rows.values())
    # Ways back need room at the right.
    width = 2 * MARGIN + widest * (WIDE + GAP) + GAP
    at = {}
    for n, depth_of_row in enumerate(sorted(rows)):
        row = _near_their_parents(rows[depth_of_row], leads_to, at)
        left = (width - 2 * GAP - (len(row) * (WIDE + GAP) - GAP)) / 2
        for place, x in ((place, left + i * (WIDE + GAP)) for i, place in enumerate(row)):
            at[place] = (round(x), MARGIN + n * (HIGH + ROW_GAP))
    lines = [
        _line(one["id"], n, choice["to"], at)
        for one in story["situations"]
        for n, choice in enumerate(one["choices"], 1)
        if choice["to"] in at
    ]
    boxes = tuple(Box(place, *at[place]) for place in leads_to)
    return Drawing(boxes, tuple(lines), width, 2 * MARGIN + len(rows) * (HIGH + ROW_GAP) - ROW_GAP)


def _near_their_parents(row, leads_to, at):
    """The row in the order of where its places are come from, so that few lines cross."""

    def middle(place):
        above = [at[one][0] for one in at if place in leads_to[one]]
        return sum(above) / len(above) if above else 0

    return sorted(row, key=middle)


def _line(place, n, to, at):
    (x1, y1), (x2, y2) = at[place], at[to]
    if y2 > y1:
        half = (y1 + HIGH + y2) / 2
        path = _curve(
            (x1 + WIDE / 2, y1 + HIGH), (x1 + WIDE / 2, half), (x2 + WIDE / 2, half), (x2 + WIDE / 2, y2)
        )
    elif y2 == y1 and abs(x2 - x1) == WIDE + GAP:
        # To a neighbour, on the side where it stands.
        ends = (x1 + WIDE, x2) if x2 > x1 else (x1, x2 + WIDE)
        path = f"M{ends[0]:g} {y1 + HIGH / 2:g} L{ends[1]:g} {y1 + HIGH / 2:g}"
    elif y2 == y1:
        low = y1 + HIGH + ROW_GAP * 0.7
        path = _curve(
            (x1 + WIDE / 2, y1 + HIGH), (x1 + WIDE / 2, low), (x2 + WIDE / 2, low), (x2 + WIDE / 2, y2 + HIGH)
        )
    else:
        # Around the right side, so that it is not taken for a way on.
        bend = max(x1, x2) + WIDE + 2 * GAP
        start, end = (x1 + WIDE, y1 + HIGH / 2), (x2 + WIDE, y2 + HIGH / 2)
        path = _curve(start, (bend, start[1]), (bend, end[1]), end)
    return Line(place, n, to, path, y2 < y1)


def _curve(start, towards, from_there, end):
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = start, towards, from_there, end
    return f"M{x1:g} {y1:g} C{x2:g} {y2:g} {x3:g} {y3:g} {x4:g} {y4:g}"
