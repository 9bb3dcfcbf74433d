"""What a lesson's HTML loads or links to besides itself: pictures, files, films. Pure."""

import re
from collections import namedtuple
from html import unescape

# `documents`: numbers of the files linked. `films`: of films and sounds, [(title, number, captions or None)].
Found = namedtuple("Found", "pictures documents films")

# The width that a telephone is given; see templates/courses/blocks/picture.html.
WIDTH = 720
# Every browser that can keep pages can show it.
KIND = 'type="image/webp"'

_PICTURE = re.compile(r"<picture>.*?</picture>", re.DOTALL)
_SOURCE = re.compile(r"<source\b[^>]*>")
_SRCSET = re.compile(r'\bsrcset="([^"]*)"')
_FILM = re.compile(r"<(video|audio)\b.*?</\1>", re.DOTALL)
_TITLE = re.compile(r'\baria-label="([^"]*)"')
_DOCUMENT = re.compile(r'"/documents/(\d+)/[^"]*"')
_TRACK = re.compile(r'<track\b[^>]*"/documents/(\d+)/')


def find_in(html):
    """A Found."""
    films = [_film(match.group()) for match in _FILM.finditer(html)]
    rest = _FILM.sub("", html)
    pictures = [_picture(found) for found in _PICTURE.findall(html)]
    return Found(
        pictures=list(dict.fromkeys(filter(None, pictures))),
        documents=list(dict.fromkeys(map(int, _DOCUMENT.findall(rest)))),
        films=[film for film in films if film],
    )


def _picture(html):
    """The address of the one size that is kept: the widest that is no wider than WIDTH."""
    for source in _SOURCE.findall(html):
        sizes = _SRCSET.search(source)
        if KIND in source and sizes:
            offered = [one.split() for one in unescape(sizes.group(1)).split(",")]
            widths = {_width(*one): one[0] for one in offered}
            fitting = [width for width in widths if width <= WIDTH] or [min(widths)]
            return widths[max(fitting)]
    return None


def _width(_address, descriptor=""):
    return int(descriptor[:-1]) if descriptor.endswith("w") else 0


def _film(html):
    numbers, title, track = _DOCUMENT.findall(html), _TITLE.search(html), _TRACK.search(html)
    captions = int(track.group(1)) if track else None
    own = [int(number) for number in numbers if int(number) != captions]
    return (unescape(title.group(1)) if title else "", own[0], captions) if own else None
