"""Drawing a certificate: frozen facts in, the bytes of a PDF out."""

from functools import lru_cache

from certificates.sheet import font_faces, html_of, style_sheet
from courses import printing


def render(facts, pictures):
    """The PDF of these facts. The same facts and pictures give the same bytes."""
    return to_pdf(html_of(facts, pictures))


def to_pdf(html):
    return printing.to_pdf(html, style())


@lru_cache(maxsize=1)
def style():
    return printing.style_of(font_faces(printing.font_as_data) + style_sheet())
