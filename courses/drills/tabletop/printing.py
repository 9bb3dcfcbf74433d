"""The cards of a table and the sheets of the trainer as PDF."""

from django.template.loader import get_template, render_to_string
from django.utils import translation


def draw(name, facts, locale):
    """The PDF of `cards` or `trainer`. `facts`: what the template of that name says; `locale`: its language."""
    # Loading WeasyPrint takes half a second and 50 MB, which only who prints should pay.
    from courses.printing import office_style, to_pdf  # noqa: PLC0415

    folder = "courses/drills/tabletop/print"
    with translation.override(locale):
        html = render_to_string(f"{folder}/{name}.html", {**facts, "language": locale})
    return to_pdf(html, office_style(get_template(f"{folder}/print.css").render()))
