"""A chart as who looks at it finds it: its pictures, marks and texts, measured with the face of the site."""

from functools import lru_cache
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from courses.printing import FONTS

SPACE = "{http://www.w3.org/2000/svg}"


def pictures(chart):
    return list(ElementTree.fromstring(f"<all>{chart.svg}</all>"))


def found(picture, name):
    return picture.findall(f"{SPACE}{name}")


def seen(text):
    """What is written, without the title that says the whole of it."""
    title = text.find(f"{SPACE}title")
    return text.text if title is None else title.tail


@lru_cache
def _face():
    font = TTFont(FONTS / "roboto-latin-500-normal.woff2")
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def width_in_roboto(text, size):
    letters, widths, units = _face()
    return sum(widths[letters[ord(letter)]][0] for letter in text) / units * size


def box(text):
    """(left, top, right, bottom) of a text element."""
    size = float(text.get("font-size", 16))
    wide = width_in_roboto(seen(text), size)
    x, y = float(text.get("x")), float(text.get("y"))
    left = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor"), x)
    return left, y - 0.75 * size, left + wide, y + 0.2 * size


def assert_readable(chart):
    """Every text is inside its picture and touches no other."""
    for picture in pictures(chart):
        left, _top, wide, high = map(float, picture.get("viewBox").split())
        boxes = [box(text) for text in found(picture, "text")]
        for one in boxes:
            assert left <= one[0] + 0.01
            assert one[2] <= left + wide + 0.01
            assert one[3] <= high + 0.01
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one, other)
