"""How large a name may be set on a card so that it fits. Pure.

Widths are reckoned a little too wide, so that what fits here fits on paper.
"""

from dataclasses import dataclass

MM = 72 / 25.4
NARROW, WIDE = set("iljtfrI.,'’ ()-"), set("mwMW@%")


@dataclass(frozen=True)
class Setting:
    """Lines of text and their size in points."""

    lines: list
    size: int


def width(text):
    """In ems of a sans serif face of medium weight."""
    return sum(_width(character) for character in text)


def _width(character):
    if character in NARROW:
        return 0.36
    if character in WIDE:
        return 0.94
    return 0.7 if character.isupper() else 0.59


def fit(text, *, room, largest, smallest, most_lines):
    """The text in at most `most_lines` of `room` millimetres, as large as that goes; words stay whole
    down to the smallest size."""
    for size in range(largest, smallest, -1):
        lines = _lines(text, room * MM / size)
        if len(lines) <= most_lines and all(width(line) <= room * MM / size for line in lines):
            return Setting(lines, size)
    return Setting(_lines(text, room * MM / smallest), smallest)


def _lines(text, ems):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer) > ems:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
