"""The small pictures of a chart's key: each shows its mark as the chart draws it."""

from lms.reports.charts import svg
from lms.reports.charts.svg import BLUE, BROWN, EDGE, INK, PALE, TRACK

SLANTS = "M0 6L6 0M0 12L12 0M0 18L18 0M6 18L18 6M12 18L18 12"


def _full(colour):
    return svg.rect(1, 1, 16, 16, colour)


def _outlined(colour):
    return svg.rect(1, 1, 16, 16, colour, stroke=EDGE)


def _hatched(colour):
    return (
        svg.rect(1, 1, 16, 16, "#fff")
        + svg.path(SLANTS, colour, 2)
        + svg.rect(1, 1, 16, 16, "none", stroke=colour, stroke_width=2)
    )


SWATCHES = {
    "track": _outlined(TRACK),
    "pale": _outlined(PALE),
    "full": _full(BLUE),
    "hatched": _hatched(BROWN),
    "tick": svg.path("M9 0v18", INK, 3),
    "hollow": svg.circle(9, 9, 6.5, "#fff", stroke=BLUE, stroke_width=3),
    "dot": svg.circle(9, 9, 8, BLUE),
    "alike": svg.circle(9, 9, 6.5, "#fff", stroke=BLUE, stroke_width=3)
    + svg.path("M9 1a8 8 0 0 1 0 16z", fill=BLUE),
    "fall": svg.path("M0 9h18", BROWN, 4, stroke_dasharray="5 3"),
    "none": svg.path("M0 9h18", EDGE, 2, stroke_dasharray="2 4"),
    "beyond": svg.path("M3 2l10 7-10 7z", fill=INK),
}


def swatch(name):
    """The picture of a name in SWATCHES. The words beside it say what it means."""
    return svg.Svg(
        svg.element(
            "svg",
            SWATCHES[name],
            xmlns="http://www.w3.org/2000/svg",
            viewBox="0 0 18 18",
            width=18,
            height=18,
            aria_hidden="true",
        )
    )
