"""The cards of a table and the sheets of the trainer as PDF."""

from django.template.loader import get_template, render_to_string
from django.utils import translation

STYLE = "courses/drills/tabletop/print/print.css"
# The first may lie on the table; the second tells what is right.
CARDS = "courses/drills/tabletop/print/cards.html"
TRAINER = "courses/drills/tabletop/print/trainer.html"


def draw(template, sheets, locale):
    """The PDF of CARDS or TRAINER. `sheets`: laying_out.Sheets; `locale`: the language they are written in."""
    # Loading WeasyPrint takes half a second and 50 MB, which only who prints should pay.
    from courses.printing import office_style, to_pdf  # noqa: PLC0415

    with translation.override(locale):
        html = render_to_string(template, {"sheets": sheets, "language": locale})
    return to_pdf(html, office_style(get_template(STYLE).render()))
