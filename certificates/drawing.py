"""Line work drawn from formulas: the guilloche border, the rosette, the seal, the emblem.

All invented for this programme. A crest of one's own replaces the emblem in the design.
"""

from functools import lru_cache
from math import cos, pi, sin, tau
from urllib.parse import quote

PAPER = "#fffdf7"
# The page in millimetres, and the middle line of the border.
WIDTH, HEIGHT, INSET = 297, 210, 10.5
# The border's plait is so broad; a tile of it is one wave. 36 and 25 of them fill the sides.
EDGE, ACROSS, DOWN = 4, 7.75, 7.68


def smooth(points, closed=True):
    """A curve through the points: Catmull-Rom as cubic Béziers, a third of the bytes of a polyline."""
    n = len(points)

    def at(i):
        return points[i % n] if closed else points[max(0, min(n - 1, i))]

    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for i in range(n if closed else n - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        parts.append(
            f"C{x1 + (x2 - x0) / 6:.2f} {y1 + (y2 - y0) / 6:.2f} "
            f"{x2 - (x3 - x1) / 6:.2f} {y2 - (y3 - y1) / 6:.2f} {x2:.2f} {y2:.2f}"
        )
    return "".join(parts) + ("Z" if closed else "")


def polar(radius, count, cx=0.0, cy=0.0):
    return smooth(
        [(cx + radius(t) * cos(t), cy + radius(t) * sin(t)) for t in (tau * i / count for i in range(count))]
    )


def rosette(cx, cy, inner, outer, petals, strands):
    """Waves around a ring, each turned a little: the pattern behind the words."""
    middle, swing = (inner + outer) / 2, (outer - inner) / 2
    return "".join(
        polar(lambda t, p=p: middle + swing * sin(petals * t + p), petals * 6, cx, cy)
        for p in (tau * strand / strands for strand in range(strands))
    )


def wave(length, middle, swing, phase, upright):
    """One wave of the border, as long as its tile: tiles join without a seam."""
    points = []
    for i in range(-1, 10):
        along, aside = length * i / 8, middle + swing * sin(tau * i / 8 + phase)
        points.append((aside, along) if upright else (along, aside))
    return smooth(points, closed=False)


def _corner(x, y, ink, accent):
    flower = "".join(polar(lambda t, p=p: 2.35 + 1.25 * sin(8 * t + p), 48) for p in (0, pi))
    return (
        f'<g transform="translate({x} {y})"><circle r="4.7" fill="{PAPER}" stroke="{ink}" stroke-width=".3"/>'
        f'<circle r="4.15" fill="none" stroke="{accent}" stroke-width=".18"/>'
        f'<path d="{flower}" fill="none" stroke="{ink}" stroke-width=".17"/>'
        f'<circle r=".85" fill="{accent}"/></g>'
    )


def _seal(accent):
    edge = polar(lambda t: 46 + 2.2 * sin(40 * t), 200)
    ring = "".join(polar(lambda t, p=p: 34.5 + 3.6 * sin(24 * t + p), 144) for p in (0, pi))
    return (
        f'<g transform="translate(148.5 160.5) scale(.31)"><path d="{edge}" fill="{accent}" fill-opacity=".13" '
        f'stroke="{accent}" stroke-width=".7"/>'
        f'<g fill="none" stroke="{accent}"><circle r="41" stroke-width="1"/>'
        f'<path d="{ring}" stroke-width=".55"/><circle r="28" stroke-width="1"/></g>'
        f'<g fill="{accent}" fill-opacity=".85"><path d="M-19 9C-13 7-10-10-6-14c1-1 2-1 3 0C1-10 2 2 7 9z"/>'
        '<path d="M3 4C6-1 7-6 9-8c1-1 2-1 3 0 4 3 5 12 9 17H8C6 8 4 7 3 4z"/>'
        '<path d="M-21 11.500h42v1.700h-42z"/></g></g>'
    )


@lru_cache(maxsize=16)
def sheet(ink, accent):
    """Everything behind the words, as one picture for the page's background."""
    corners = "".join(
        _corner(x, y, ink, accent) for x in (INSET, WIDTH - INSET) for y in (INSET, HEIGHT - INSET)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}mm" height="{HEIGHT}mm"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<path d="{rosette(148.5, 106, 34, 62, 14, 10)}" fill="none" stroke="{ink}" stroke-width=".09" '
        f'stroke-opacity=".27"/>'
        f'<g fill="none"><rect x="6" y="6" width="285" height="198" stroke="{ink}" stroke-width=".8"/>'
        f'<rect x="7.5" y="7.5" width="282" height="195" stroke="{accent}" stroke-width=".25"/>'
        f'<rect x="13.5" y="13.5" width="270" height="183" stroke="{accent}" stroke-width=".25"/>'
        f'<rect x="14.5" y="14.5" width="268" height="181" stroke="{ink}" stroke-width=".4"/></g>'
        f"{corners}{_seal(accent)}</svg>"
    )
    return data_uri(svg)


@lru_cache(maxsize=16)
def plain_sheet(ink, accent):
    """The sheet of a Statement of Attendance: a broad band at the left and one line, no seal and no rosette.

    Told from the other by its form, so that it is in black and white too.
    """
    width = 25
    waves = "".join(
        f'<path d="{smooth(_upright_wave(width / 2, swing, phase), closed=False)}"/>'
        for swing, phase in ((7, 0), (7, pi), (4, pi / 2), (4, -pi / 2))
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}mm" height="{HEIGHT}mm"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<rect x="8" y="8" width="{width}" height="194" fill="{ink}"/>'
        f'<g transform="translate(8 0)" fill="none" stroke="{PAPER}" stroke-width=".22" '
        f'stroke-opacity=".75">{waves}</g>'
        f'<rect x="35" y="8" width="1.1" height="194" fill="{accent}"/>'
        f'<rect x="8" y="8" width="281" height="194" fill="none" stroke="{ink}" stroke-width=".5"/></svg>'
    )
    return data_uri(svg)


def _upright_wave(middle, swing, phase):
    return [(middle + swing * sin(tau * y / 24 + phase), 8 + y) for y in range(0, 195, 2)]


@lru_cache(maxsize=16)
def edge(ink, length, upright):
    """One tile of the border's plait. Repeated by the style sheet, it is drawn once in the PDF."""
    waves = "".join(
        wave(length, EDGE / 2, swing, phase, upright)
        for phase, swing in ((0, 1.7), (pi / 2, 1.7), (pi, 1.7), (3 * pi / 2, 1.7), (0, 0.75), (pi, 0.75))
    )
    width, height = (EDGE, length) if upright else (length, EDGE)
    return data_uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}mm" '
        f'height="{height}mm"><path d="{waves}" fill="none" stroke="{ink}" stroke-width=".15" '
        'stroke-opacity=".85"/></svg>'
    )


@lru_cache(maxsize=16)
def emblem(ink, accent):
    """Two peaks, the sea and the sun: of this programme, not the national arms."""
    ring = "".join(polar(lambda t, p=p: 39.5 + 2.7 * sin(26 * t + p), 156) for p in (0, pi))
    waves = "".join(f"M-36 {y}q6-3 12 0t12 0 12 0 12 0 12 0 12 0" for y in (19.5, 25.5))
    return data_uri(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100" width="26mm" height="26mm">'
        f'<circle r="48.500" fill="{PAPER}" stroke="{accent}" stroke-width="1"/>'
        f'<circle r="45.500" fill="none" stroke="{ink}" stroke-width=".8"/>'
        f'<path d="{ring}" fill="none" stroke="{ink}" stroke-width=".45"/><circle r="34" fill="{ink}"/>'
        '<clipPath id="k"><circle r="32.800"/></clipPath><g clip-path="url(#k)">'
        '<rect x="-34" y="-34" width="68" height="68" fill="#cfe3ec"/>'
        '<circle cx="1" cy="-4" r="10.500" fill="#f2c14e"/>'
        f'<path d="M-40 15C-27 12-22-17-15-25c2-2 4-2 6 0 5 7 8 33 16 40z" fill="{ink}"/>'
        '<path d="M-2 15C6 9 10-6 15-13c2-2.500 4-2.500 6 0 5 8 8 22 20 28z" fill="#0b5573"/>'
        '<rect x="-34" y="14.500" width="68" height="22" fill="#0b6157"/>'
        f'<path d="{waves}" fill="none" stroke="#cfe3ec" stroke-width="1.200"/></g></svg>'
    )


@lru_cache(maxsize=16)
def rule(accent):
    return data_uri(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 62 2.2" width="62mm" height="2.2mm">'
        f'<path d="M0 1.1h27M35 1.1h27" stroke="{accent}" stroke-width=".3"/>'
        f'<path d="m31 0 1.100 1.100L31 2.200 29.900 1.100z" fill="{accent}"/></svg>'
    )


def data_uri(svg):
    return "data:image/svg+xml," + quote(svg, safe=" /:=,;()-.")
