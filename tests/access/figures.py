"""Pages of figures: name -> (GET, POST)."""

from tests.access.answers import (
    FORBIDDEN,
    GO,
    LOG_IN,
    NOT_FIGURES,
    NOT_SO,
    OK,
    every_figure,
    figures,
    issues,
    makes_packs,
    signed_in,
)

# How questions did is not for the auditor.
QUESTIONS = ({**every_figure(OK), "auditor": FORBIDDEN}, NOT_FIGURES)

FIGURES = {
    # The lists behind the figures
    "figure": (every_figure(OK), NOT_FIGURES),
    "figure_sheet": (every_figure(OK), NOT_FIGURES),
    "figure_parts": (every_figure(OK), NOT_FIGURES),
    "figure_parts_sheet": (every_figure(OK), NOT_FIGURES),
    # The list behind a number of people as they are today
    "figure_people": (every_figure(OK), NOT_FIGURES),
    "figure_people_sheet": (every_figure(OK), NOT_FIGURES),
    # Overview
    "reports_overview": (figures(OK), NOT_FIGURES),
    "reports_overview_sheet": (figures(OK), NOT_FIGURES),
    # What lapses; the auditor reads it and writes to nobody
    "reports_lapsing": (figures(OK), NOT_FIGURES),
    "lapsing_invite": (
        NOT_FIGURES,
        {"anonymous": LOG_IN, "focal_point": GO, "administrator": GO, "others": FORBIDDEN},
    ),
    # Coverage: of the own agency alone, for supervisors
    "reports_coverage": (figures(OK), NOT_FIGURES),
    "coverage_sheet": (figures(OK), NOT_FIGURES),
    "coverage_people": (figures(OK), NOT_FIGURES),
    "coverage_people_sheet": (figures(OK), NOT_FIGURES),
    # Learning
    "reports_learning": (every_figure(OK), NOT_FIGURES),
    "reports_learning_cohort": (every_figure(OK), NOT_FIGURES),
    "reports_learning_sheet": (every_figure(OK), NOT_FIGURES),
    # Drills: of the own agency alone, for supervisors
    "reports_drills": (figures(OK), NOT_FIGURES),
    "reports_drills_sheet": (figures(OK), NOT_FIGURES),
    # Questions
    "reports_questions": QUESTIONS,
    "reports_questions_sheet": QUESTIONS,
    "reports_quiz_items": QUESTIONS,
    "reports_quiz_items_sheet": QUESTIONS,
    "reports_first_attempts": QUESTIONS,
    "reports_item": QUESTIONS,
    "reports_item_sheet": QUESTIONS,
    # Gradebooks, transcripts, registers
    "reports_gradebook": (issues(OK), NOT_FIGURES),
    "gradebook": (issues(OK), NOT_FIGURES),
    "gradebook_sheet": (issues(OK), NOT_FIGURES),
    "transcript": (issues(OK), NOT_FIGURES),
    "my_transcript": (signed_in(OK), NOT_SO),
    # Everything held on one person; one's own after the password
    "data_of": (issues(OK), NOT_FIGURES),
    "my_data": (signed_in(GO), NOT_SO),
    "reports_workshops": (every_figure(OK), NOT_FIGURES),
    "report_workshops_sheet": (every_figure(OK), NOT_FIGURES),
    "report_register": (every_figure(OK), NOT_FIGURES),
    "report_register_sheet": (every_figure(OK), NOT_FIGURES),
    # Packs and evidence
    "reports_packs": (every_figure(OK), NOT_FIGURES),
    "reports_pack_make": (NOT_FIGURES, makes_packs(GO)),
    "reports_pack_order": (every_figure(OK), NOT_FIGURES),
    "reports_pack_order_again": (NOT_FIGURES, makes_packs(GO)),
    "reports_pack": (every_figure(OK), NOT_FIGURES),
    "reports_pack_correct": (NOT_FIGURES, makes_packs(GO)),
    "reports_pack_words": (makes_packs(OK), makes_packs(OK)),
    "reports_pack_rows": (every_figure(OK), NOT_FIGURES),
    "reports_pack_rows_sheet": (every_figure(OK), NOT_FIGURES),
    "reports_pack_file": (every_figure(OK), NOT_FIGURES),
    "reports_pack_evidence": (every_figure(OK), NOT_FIGURES),
    "reports_workshop_evidence": (every_figure(OK), NOT_FIGURES),
}
