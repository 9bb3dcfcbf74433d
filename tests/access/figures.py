"""Pages of figures: name -> (GET, POST)."""

from tests.access.answers import NOT_FIGURES, OK, every_figure

FIGURES = {
    # The lists behind the figures
    "figure": (every_figure(OK), NOT_FIGURES),
    "figure_sheet": (every_figure(OK), NOT_FIGURES),
    # Overview
    # Coverage
    # Learning
    "reports_learning": (every_figure(OK), NOT_FIGURES),
    "reports_learning_cohort": (every_figure(OK), NOT_FIGURES),
    "reports_learning_sheet": (every_figure(OK), NOT_FIGURES),
    # Questions
    # Gradebooks, transcripts, registers
    # Packs and evidence
}
