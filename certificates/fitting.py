"""How large a line may be set so that it fits: widths are measured in the fonts themselves."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "courses" / "fonts"
FACES = ["latin", "latin-ext", "vietnamese"]
MM = 72 / 25.4
# For a letter of none of the fonts: a system font prints it, wider than most of ours.
UNKNOWN = 0.75


@dataclass(frozen=True)
class Setting:
    """Lines of text and their size in points."""

    lines: list
    size: float


@lru_cache(maxsize=1)
def _advances():
    """Width of each character in ems, from the first face that has it."""
    widths = {}
    for face in FACES:
        font = TTFont(FONTS / f"eb-garamond-{face}-400-normal.woff2")
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        for code, glyph in font.getBestCmap().items():
            widths.setdefault(code, metrics[glyph][0] / em)
    return widths


def width(text, spacing=0.0):
    """The width of a text in ems, without kerning; `spacing` is added after each letter."""
    advances = _advances()
    return sum(advances.get(ord(character), UNKNOWN) + spacing for character in text)


def fit(text, *, largest, smallest, least, room, spacing=0.0):
    """Set a text in `room` millimetres: shrink from `largest` to `smallest` points, then break
    it in two where the halves are most alike, then shrink again, down to `least`.
    """
    points = room * MM
    size = min(largest, points / max(width(text, spacing), 0.01))
    if size >= smallest:
        return Setting([text], _rounded(size))
    lines = _halves(text, spacing)
    size = min(smallest, points / max(width(line, spacing) for line in lines))
    return Setting(lines, _rounded(max(size, least)))


def _halves(text, spacing):
    words = text.split(" ")
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    if not cuts:
        return [text]
    return list(min(cuts, key=lambda cut: max(width(cut[0], spacing), width(cut[1], spacing))))


def _rounded(size):
    return int(size * 4) / 4
