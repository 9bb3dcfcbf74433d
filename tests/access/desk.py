"""Ours below /admin/, beside what the sweep over all of it proves: name -> (GET, POST)."""

from tests.access.answers import GO, NOT_SO, OK, administrators, desk

DESK_ROWS = {
    "results": (desk(OK), desk(NOT_SO)),
    "results_course": (desk(OK), desk(NOT_SO)),
    "results_course_rows": (desk(OK), desk(NOT_SO)),
    "results_quiz": (desk(OK), desk(NOT_SO)),
    "results_quiz_rows": (desk(OK), desk(NOT_SO)),
    "results_attempt": (desk(OK), desk(NOT_SO)),
    # Answers that came late; nothing is decided without its form
    "results_late": (desk(OK), desk(NOT_SO)),
    "results_late_rows": (desk(OK), desk(NOT_SO)),
    "results_late_attempt": (desk(OK), desk(OK)),
    # A wrong key; nothing is decided without its form
    "repair_key": (desk(OK), desk(OK)),
    "repair": (desk(OK), desk(GO)),
    "repair_sheet": (desk(OK), desk(NOT_SO)),
    "repair_otherwise": (desk(OK), desk(OK)),
    "repair_left": (desk(OK), desk(GO)),
    # The bank; a deed that is come back to by its address leads to the list
    "desk_questions_classify": (desk(GO), desk(GO)),
    "desk_question_uses": (desk(OK), desk(NOT_SO)),
    "desk_choose_questions": (desk(OK), desk(GO)),
    "desk_choose_questions_rows": (desk(OK), desk(GO)),
    # A quiz as trainees take it: without a paper in the address, back to the beginning
    "try_quiz": (desk(OK), desk(GO)),
    "try_question": (desk(GO), desk(GO)),
    "try_review": (desk(GO), desk(NOT_SO)),
    "try_result": (desk(GO), desk(GO)),
    # How the site stands: for administrators alone
    "desk_doctor": (administrators(OK), administrators(OK)),
    "desk_specimen": (desk(OK), desk(NOT_SO)),
    "desk_reuse": (desk(OK), desk(OK)),
    # Two records of one person; code cards
    "people:same": (desk(OK), desk(GO)),
    "people:merge": (desk(OK), desk(NOT_SO)),
    "people:merge_into": (desk(OK), desk(GO)),
    "people:unmerge": (desk(OK), desk(GO)),
    "people:card": (desk(OK), desk(OK)),
    "people:card_stop": (desk(OK), desk(GO)),
    "people:print_cards": (desk(GO), desk(GO)),
    # Letters: nothing is done without its form; a deed on many leads to the list
    "letters:index": (desk(OK), desk(GO)),
    "letters:again": (desk(OK), desk(OK)),
    "letters:again_many": (desk(GO), desk(GO)),
    "letters:came_back": (desk(OK), desk(OK)),
    "letters:aside": (desk(OK), desk(GO)),
    "letters:aside_many": (desk(GO), desk(GO)),
    # Imports; one that is checked. The last throws it away
    "desk_imports": (desk(OK), desk(NOT_SO)),
    "desk_import_new": (desk(OK), desk(OK)),
    "desk_import": (desk(OK), desk(NOT_SO)),
    "desk_import_progress": (desk(OK), desk(NOT_SO)),
    "desk_import_report": (desk(OK), desk(NOT_SO)),
    "desk_import_decide": (desk(OK), desk(GO)),
    "desk_import_columns": (desk(OK), desk(OK)),
    "desk_import_run": (desk(OK), desk(GO)),
    "desk_import_delete": (desk(OK), desk(GO)),
    # Cohorts and invitations
    "cohorts:cohort": (desk(OK), desk(NOT_SO)),
    "cohorts:poster": (desk(OK), desk(NOT_SO)),
    "cohorts:sheet": (desk(OK), desk(NOT_SO)),
    "cohorts:due": (desk(OK), desk(OK)),
    "cohorts:message": (desk(OK), desk(OK)),
    "cohorts:code": (desk(OK), desk(GO)),
    "cohorts:invite": (desk(OK), desk(OK)),
    "cohorts:remove": (desk(OK), desk(GO)),
    "cohorts:print": (desk(OK), desk(GO)),
    "cohorts:close": (desk(OK), desk(GO)),
    "invitations:invite": (desk(OK), desk(OK)),
    "invitations:resend": (desk(OK), desk(GO)),
    "invitations:withdraw": (desk(OK), desk(GO)),
    "people:add_to_cohort": (desk(GO), desk(GO)),
    "people:invite_many": (desk(GO), desk(GO)),
    "people:invite": (desk(OK), desk(OK)),
    # An earlier paper certificate
    "desk_earlier": (desk(OK), desk(OK)),
    "desk_earlier_scan": (desk(OK), desk(NOT_SO)),
    "desk_earlier_strike": (desk(OK), desk(OK)),
}
