"""How wide a text is at most, before anybody draws it: no font is asked.

Each letter is as wide as in the wider of Roboto Medium and Arial (Liberation Sans has its measures), rounded up
to a twentieth of the size; what is not listed is as wide as it is high.
"""

import unicodedata

# Hundredths of the size of the type.
LETTERS = {
    20: "'",
    25: "’‘",
    30: " !,.:;I[]ijl|·\xa0",
    35: "()-`t{}\u2011",
    40: '"/fr“”',
    45: "*\\",
    50: "^vy",
    55: "cksxz",
    60: "$+0123456789<=>?JL_abdeghnopqu×−€£",
    65: "#FTZ–",
    70: "&ABEKPSVXY~",
    75: "CDHNRUw",
    80: "GOQ",
    90: "%Mm",
    95: "W",
    100: "—…",
    105: "@",
}
WIDTHS = {letter: width for width, letters in LETTERS.items() for letter in letters}
UNKNOWN = 105
# Kerning and rounding of the screen.
SPARE = 1.02


def width_of(text, size):
    """In the units of `size`: never less than it will be in the faces of the site."""
    letters = (one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return sum(WIDTHS.get(letter, UNKNOWN) for letter in letters) * size * SPARE / 100


def shortened(text, size, room):
    """The text if it fits; else as much of its beginning as does, and "…"."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
