"""Pages of figures: name -> (GET, POST)."""

from tests.access.answers import GO, NOT_FIGURES, OK, every_figure, makes_packs

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
    "reports_packs": (every_figure(OK), NOT_FIGURES),
    "reports_pack_make": (NOT_FIGURES, makes_packs(GO)),
    "reports_pack": (every_figure(OK), NOT_FIGURES),
    "reports_pack_correct": (NOT_FIGURES, makes_packs(GO)),
    "reports_pack_words": (makes_packs(OK), makes_packs(OK)),
    "reports_pack_rows": (every_figure(OK), NOT_FIGURES),
    "reports_pack_file": (every_figure(OK), NOT_FIGURES),
    "reports_pack_evidence": (every_figure(OK), NOT_FIGURES),
    "reports_workshop_evidence": (every_figure(OK), NOT_FIGURES),
}
