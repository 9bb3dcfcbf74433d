"""The sheet of a certificate as HTML: the same for the PDF and for the preview at the desk."""

import base64

from django.template.loader import get_template, render_to_string
from django.utils import translation

from certificates import drawing
from certificates.facts import COLOUR, NotDrawable
from certificates.fitting import FACES, fit
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
    if not (COLOUR.fullmatch(facts["ink"]) and COLOUR.fullmatch(facts["accent"])):
        raise NotDrawable("A colour of the facts is not # and six digits.")
    crest = _png(pictures["crest"]) if pictures["crest"] else drawing.emblem(facts["ink"], facts["accent"])
    with translation.override(facts["language"]):
        return render_to_string(
            "certificates/sheet.html",
            {
                "facts": facts,
                "sheet": drawing.sheet(facts["ink"], facts["accent"]),
                "across": drawing.edge(facts["ink"], drawing.ACROSS, upright=False),
                "down": drawing.edge(facts["ink"], drawing.DOWN, upright=True),
                "rule": drawing.rule(facts["accent"]),
                "crest": crest,
                "qr": qr_code(facts["check_url"]),
                "title": fit(facts["title"], largest=34, smallest=24, least=18, room=240, spacing=0.06),
                "name": fit(facts["name"], largest=33, smallest=26, least=17, room=238),
                "lines": [
                    {**line, **vars(fit(line["text"], largest=20, smallest=16, least=12, room=238))}
                    if line["course"]
                    else line
                    for line in facts["lines"]
                ],
                "signatures": [
                    {
                        "image": _png(image) if image else "",
                        "name": signature["name"],
                        "who": fit(signature["name"], largest=11.5, smallest=9, least=8, room=90),
                        "office": fit(signature["title"], largest=11.5, smallest=9.5, least=7.5, room=90),
                    }
                    for signature, image in zip(facts["signatures"], pictures["signatures"], strict=True)
                ],
                "preview_css": preview_css,
            },
        )


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
