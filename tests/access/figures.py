"""Pages of figures: name -> (GET, POST)."""

from tests.access.answers import NOT_FIGURES, OK, every_figure

FIGURES = {
    # The lists behind the figures
    "figure": (every_figure(OK), NOT_FIGURES),
    "figure_sheet": (every_figure(OK), NOT_FIGURES),
    # Overview
    # Coverage
    # Learning
    # Questions
    # Gradebooks, transcripts, registers
    # Packs and evidence
}
