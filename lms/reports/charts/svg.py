"""SVG as text: every word escaped, every number short, nothing that a strict site would have to allow."""

from html import escape
from zlib import crc32

from lms.reports.charts.measuring import shortened

# The faces of the sheets, of the site, and what stands in for them.
FACES = "Sheet, Roboto, 'Segoe UI', system-ui, -apple-system, 'Liberation Sans', Arial, sans-serif"
INK, SOFT, EDGE, LINE = "#1b2a33", "#4a5a63", "#5b6b73", "#d3dce0"
BLUE, BROWN, TRACK, PALE = "#0b5573", "#a8620a", "#c9d6da", "#e4eaed"
# One size of type, in units of the drawing: on a telephone it is drawn at four fifths.
SIZE, SMALL = 16, 14
WIDTH = 400
# Lines and outlines that stand out at the sides.
LEFT, RIGHT = 1, 3


class Svg(str):
    """Finished markup: a template prints it as it is. Whoever makes one has escaped what is in it."""

    __slots__ = ()

    def __html__(self):
        return self


def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def element(name, content=None, **attributes):
    """`stroke_width=2` becomes `stroke-width="2"`. Attributes that are None are left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}/>" if content is None else f"<{name}{said}>{content}</{name}>"


def rect(x, y, width, height, fill, **attributes):
    return element("rect", x=x, y=y, width=max(width, 0), height=height, fill=fill, **attributes)


def path(d, stroke=None, width=None, **attributes):
    return element("path", d=d, stroke=stroke, stroke_width=width, **attributes)


def circle(x, y, radius, fill, **attributes):
    return element("circle", cx=x, cy=y, r=radius, fill=fill, **attributes)


def words(x, y, text, *, room=None, size=SIZE, anchor=None, bold=False, fill=None):
    """A line of text, shortened to `room`; whole it is in its title then."""
    text = str(text).strip()
    if not text:
        return ""
    seen = text if room is None else shortened(text, size, room)
    content = escape(seen, quote=False)
    if seen != text:
        content = element("title", escape(text, quote=False)) + content
    return element(
        "text",
        content,
        x=x,
        y=y,
        text_anchor=anchor,
        font_weight=500 if bold else None,
        font_size=size if size != SIZE else None,
        fill=fill,
    )


def hatching(name, colour):
    """A pattern of slanting lines: told from a full colour where nothing is printed but black."""
    ground = rect(0, 0, 6, 6, "#fff")
    lines = path("M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3", colour, 2.2)
    return element("pattern", ground + lines, id=name, width=6, height=6, patternUnits="userSpaceOnUse")


def name_of(*what):
    """A name for a pattern that no chart with other content has, the same at every drawing."""
    return f"hatch-{crc32(repr(what).encode()):08x}"


def drawing(content, *, width=WIDTH, height, label):
    """The whole picture. `label` is what is read in its place."""
    wide = width + LEFT + RIGHT
    return Svg(
        element(
            "svg",
            content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"{-LEFT} 0 {wide} {number(height)}",
            width=wide,
            height=height,
            role="img",
            aria_label=str(label),
            font_family=FACES,
            font_size=SIZE,
            fill=INK,
        )
    )
