"""The sheet of a certificate as HTML: the same for the PDF and for the preview at the desk."""

import base64
import json

from django.template.loader import get_template, render_to_string
from django.utils import translation

from certificates import drawing
from certificates.facts import COLOUR, NotDrawable
from certificates.fitting import FACES, fit
from courses.choices import CertificateKind
from courses.qr import qr_code

# Family, weight, style, file.
FONT_FACES = [
    *[
        (family, 400, style, f"eb-garamond-{face}-400-{style}.woff2")
        for face, family in zip(FACES, ("Garamond", "GaramondExt", "GaramondViet"), strict=True)
        for style in ("normal", "italic")
    ],
    ("Small", 400, "normal", "roboto-latin-400-normal.woff2"),
    ("Small", 500, "normal", "roboto-latin-500-normal.woff2"),
]


def html_of(facts, pictures, *, preview_css=""):
    """The sheet as HTML. Every text in it is escaped by the template."""
    with translation.override(facts["language"]):
        context = {**look_of(facts, pictures), **words_of(facts), "preview_css": preview_css}
        return render_to_string("certificates/sheet.html", context)


def look_of(facts, pictures):
    """The context of what is the same on every sheet of a design: artwork, heading, signatures."""
    ink, accent = _colours(facts)
    is_attendance = _is_attendance(facts)
    crest = _png(pictures["crest"]) if pictures["crest"] else drawing.emblem(ink, accent)
    room = 215 if is_attendance else 240
    return {
        "facts": facts,
        "is_attendance": is_attendance,
        "sheet": drawing.plain_sheet(ink, accent) if is_attendance else drawing.sheet(ink, accent),
        "across": drawing.edge(ink, drawing.ACROSS, upright=False),
        "down": drawing.edge(ink, drawing.DOWN, upright=True),
        "rule": drawing.rule(accent),
        "crest": crest,
        "title": fit(facts["title"], largest=34, smallest=24, least=18, room=room, spacing=0.06),
        "signatures": [
            {
                "image": _png(image) if image else "",
                "name": signature["name"],
                "who": fit(signature["name"], largest=11.5, smallest=9, least=8, room=90),
                "office": fit(signature["title"], largest=11.5, smallest=9.5, least=7.5, room=90),
            }
            for signature, image in zip(facts["signatures"], pictures["signatures"], strict=True)
        ],
    }


def words_of(facts, *, duplicate=""):
    """The context of what is one person's own. `duplicate`: the day of printing again, in words."""
    _colours(facts)
    is_attendance = _is_attendance(facts)
    room = 215 if is_attendance else 238
    return {
        "facts": facts,
        "is_attendance": is_attendance,
        "duplicate": duplicate,
        "qr": qr_code(facts["check_url"]),
        "name": fit(facts["name"], largest=33, smallest=26, least=17, room=room),
        "lines": [
            {**line, **vars(fit(line["text"], largest=20, smallest=16, least=12, room=room))}
            if line["course"]
            else line
            for line in facts["lines"]
        ],
    }


def look_key(facts):
    """Certificates with the same key have the same look."""
    names = ["ink", "accent", "language", "specimen", "issuer", "programme", "title", "crest_sha256"]
    return json.dumps([_is_attendance(facts), facts["signatures"], *(facts[name] for name in names)])


def _is_attendance(facts):
    # Facts frozen before there were two kinds are those of a completion.
    return facts.get("kind") == CertificateKind.ATTENDANCE


def _colours(facts):
    colours = facts["ink"], facts["accent"]
    if not all(COLOUR.fullmatch(colour) for colour in colours):
        raise NotDrawable("A colour of the facts is not # and six digits.")
    return colours


def style_sheet():
    return get_template("certificates/sheet.css").render()


def font_faces(address_of):
    """@font-face rules; `address_of` gives the address of a font file."""
    return "".join(
        f"@font-face{{font-family:{family};font-weight:{weight};font-style:{style};"
        f'src:url("{address_of(file)}") format("woff2")}}'
        for family, weight, style, file in FONT_FACES
    )


def _png(content):
    return "data:image/png;base64," + base64.b64encode(content).decode()
