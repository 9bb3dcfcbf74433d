"""Pages of figures: name -> (GET, POST)."""

from tests.access.answers import FORBIDDEN, NOT_FIGURES, OK, every_figure

# How questions did is not for the auditor.
QUESTIONS = ({**every_figure(OK), "auditor": FORBIDDEN}, NOT_FIGURES)

FIGURES = {
    # The lists behind the figures
    "figure": (every_figure(OK), NOT_FIGURES),
    "figure_sheet": (every_figure(OK), NOT_FIGURES),
    # Overview
    # Coverage
    # Learning
    # Questions
    "reports_questions": QUESTIONS,
    "reports_questions_sheet": QUESTIONS,
    "reports_quiz_items": QUESTIONS,
    "reports_quiz_items_sheet": QUESTIONS,
    "reports_first_attempts": QUESTIONS,
    "reports_item": QUESTIONS,
    "reports_item_sheet": QUESTIONS,
    # Gradebooks, transcripts, registers
    # Packs and evidence
}
