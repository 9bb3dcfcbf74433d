"""The map of a story, as its template draws it."""

from courses.choices import EndingKind
from courses.drills.scenarios import graph
from courses.drills.scenarios.mapping import HIGH, WIDE, draw

# Of letters in a box of the map.
LETTERS = 22


def picture(story):
    """{"width", "height", "boxes": [{"id", "title", "x", "y", "kind", "faults", ...}], "lines": [...]}.

    `kind`: "start", "situation", or an EndingKind. A box with faults is marked; so is the line of a critical
    error, and that of the best choice.
    """
    drawing = draw(story)
    titles = {one["id"]: one["title"] for one in [*story["situations"], *story["endings"]]}
    kinds = {one["id"]: one["kind"] or EndingKind.GOOD for one in story["endings"]}
    choices = {
        (one["id"], n): choice for one in story["situations"] for n, choice in enumerate(one["choices"], 1)
    }
    best = {
        one["id"]: max((choice["points"] for choice in one["choices"]), default=0)
        for one in story["situations"]
    }
    faulty = {fault.place for fault in graph.faults(story)}
    start = story["situations"][0]["id"] if story["situations"] else None
    return {
        "width": drawing.width,
        "height": drawing.height,
        "box": {"width": WIDE, "height": HIGH},
        "boxes": [
            {
                "id": box.id,
                "x": box.x,
                "y": box.y,
                "middle": box.x + WIDE / 2,
                "line_1": box.y + 19,
                "line_2": box.y + 35,
                "title": _short(titles[box.id]),
                "kind": kinds.get(box.id) or ("start" if box.id == start else "situation"),
                "is_faulty": box.id in faulty,
            }
            for box in drawing.boxes
        ],
        "lines": [
            {
                "path": line.path,
                "kind": _kind_of(choices[line.place, line.choice], best[line.place]),
                "is_back": line.is_back,
            }
            for line in drawing.lines
        ],
    }


def _kind_of(choice, best):
    if choice["critical"]:
        return "critical"
    return "best" if choice["points"] == best else "other"


def _short(title):
    return title if len(title) <= LETTERS else f"{title[: LETTERS - 1].rstrip()}…"
