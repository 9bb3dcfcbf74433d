"""The debrief of a class as a PDF of one page."""

from django.template.loader import get_template, render_to_string
from django.utils.translation import get_language

from lms.reports.drills.debrief import cut

PAGE = "lms/reports/drills/debrief_sheet.html"
STYLE = "lms/reports/drills/debrief_sheet.css"


def draw(cohort, found, day):
    """Its bytes. `found`: a Debrief."""
    # WeasyPrint is loaded where something is drawn, and not in every web process.
    from courses.printing import office_style, to_pdf  # noqa: PLC0415

    context = {
        "language": get_language(),
        "class": cut(cohort.name, "title"),
        "title": cut(found.title, "title"),
        "day": day,
        "debrief": found,
        "errors": [_error(one) for one in found.errors],
        "questions": [(cut(place, "name"), cut(asks, "asks"), words) for place, asks, words in found.questions],
    }
    return to_pdf(render_to_string(PAGE, context), office_style(get_template(STYLE).render()))


def _error(one):
    """(label, place, people, [(name, paragraph)] of the first clause cited there)."""
    clauses = [(cut(clause.name, "name"), cut(clause.paragraph, "paragraph")) for clause in one.clauses[:1]]
    return one.label, cut(one.place, "name"), one.people, clauses
