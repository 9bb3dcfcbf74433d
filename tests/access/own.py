"""The site's own addresses, outside the desk: name -> (GET, POST), each an answer for all, or by role."""

from tests.access.answers import (
    ABSENT,
    ALL_OK,
    BAD,
    CREATED_NOTHING,
    FORBIDDEN,
    GO,
    LOG_IN,
    NOT_FIGURES,
    NOT_SO,
    OK,
    UNKNOWN,
    WRONG,
    every_figure,
    figures,
    owner,
    runs,
    signed_in,
)
from tests.access.figures import FIGURES
from tests.access.workshops import WORKSHOPS

ROWS = {
    **WORKSHOPS,
    # Everybody
    "home": ALL_OK,
    "robots": ALL_OK,
    "favicon": (GO, NOT_SO),
    "healthz": ALL_OK,
    "readyz": ALL_OK,
    "catalogue": ALL_OK,
    "course": ALL_OK,
    "open_page": (GO, NOT_SO),
    "worker": (OK, NOT_SO),
    "unreachable": (OK, NOT_SO),
    "manifest": (OK, NOT_SO),
    "verify": (OK, WRONG),
    "verify_token": ALL_OK,
    "verify_code": ALL_OK,
    # Where devices speak: told to a script, so nobody is led away; what is posted here is no batch
    "sync": ({"anonymous": UNKNOWN, "others": OK}, {"anonymous": UNKNOWN, "others": BAD}),
    # Whoever is signed in
    "course_continue": (signed_in(GO), NOT_SO),
    "quiz_start": (signed_in(OK), {"anonymous": LOG_IN, "constable": GO, "others": OK}),
    "scenario": (signed_in(OK), {"anonymous": LOG_IN, "constable": GO, "others": OK}),
    "my_record": (signed_in(OK), NOT_SO),
    "downloads": (signed_in(OK), NOT_SO),
    "name_correction": (signed_in(OK), signed_in(WRONG)),
    "my_card": (signed_in(OK), NOT_SO),
    "case": (signed_in(OK), {"anonymous": LOG_IN, "constable": GO, "others": OK}),
    "procedures": (signed_in(OK), signed_in(NOT_SO)),
    "procedure": (signed_in(OK), signed_in(NOT_SO)),
    "clause": (signed_in(OK), signed_in(NOT_SO)),
    # Whoever studies the course; the others are led to its outline
    "lesson": (owner(OK, GO), owner(GO, GO)),
    "save_course": (owner(OK, GO), NOT_SO),
    "save_list": (owner(OK, FORBIDDEN), NOT_SO),
    # Nobody in the matrix says that the device is their own
    "save_papers": (NOT_SO, signed_in(FORBIDDEN)),
    "scenario_story": (owner(OK, GO), NOT_SO),
    "lesson_place": (NOT_SO, signed_in(CREATED_NOTHING)),
    # The owner
    "attempt": (owner(GO), signed_in(NOT_SO)),
    "attempt_question": (owner(OK), owner(WRONG)),
    "attempt_paper": (owner(OK), signed_in(NOT_SO)),
    "attempt_review": (owner(OK), signed_in(NOT_SO)),
    "attempt_submit": (signed_in(NOT_SO), owner(GO)),
    "attempt_result": (owner(GO), signed_in(NOT_SO)),
    "run": (owner(GO), signed_in(NOT_SO)),
    "run_place": (owner(OK), owner(WRONG)),
    "run_review": (owner(GO), signed_in(NOT_SO)),
    "case_run": (owner(GO), signed_in(NOT_SO)),
    "case_page": (owner(OK), owner(GO)),
    "case_check": (owner(OK), signed_in(NOT_SO)),
    "case_print": (owner(OK), signed_in(NOT_SO)),
    "case_judge": (signed_in(NOT_SO), owner(GO)),
    "case_hand_in": (signed_in(NOT_SO), owner(GO)),
    "case_result": (owner(OK), signed_in(NOT_SO)),
    # Whoever was called; without answers
    "refresher": (owner(OK), owner(WRONG)),
    "certificate": (owner(OK), NOT_SO),
    "certificate_pdf": (owner(OK), NOT_SO),
    # Where an agency's people stand; the desk has chosen none yet, so there is no sheet
    "reports": (figures(OK), NOT_FIGURES),
    "reports_sheet": ({**figures(OK), **every_figure(FORBIDDEN)}, NOT_FIGURES),
    **FIGURES,
    # Reminders and renewals
    "renewals": (signed_in(OK), NOT_SO),
    "my_course": (signed_in(GO), NOT_SO),
    # Nothing is due: they are told so
    "renew": (NOT_SO, signed_in(GO)),
    # The way out in a reminder is for whoever holds it
    "reminders_stop": (OK, OK),
    "reminders": (signed_in(OK), signed_in(GO)),
    # Into a cohort; and an invitation, whose link opens for whoever holds it
    "join_by_code": (signed_in(OK), signed_in(WRONG)),
    "join": (signed_in(OK), signed_in(GO)),
    "invitation": (OK, {"anonymous": WRONG, "others": GO}),
    # Where one's own cohort stands
    "cohorts": (runs(OK), NOT_SO),
    "cohort": (runs(OK), NOT_SO),
    # The register of practice cases: also for those who are in the class; its texts are not
    "class_cases": (runs(OK, constable=OK), NOT_SO),
    "class_case_open": (NOT_SO, runs(GO)),
    "class_case": (runs(OK, constable=OK), NOT_SO),
    "class_case_follow_up": (NOT_SO, runs(GO, constable=GO)),
    "class_case_move": (NOT_SO, runs(GO, constable=GO)),
    "class_case_assign": (NOT_SO, runs(GO)),
    "class_texts": (runs(OK), NOT_SO),
    # Debriefs after drills: for who leads the class
    "class_debriefs": (runs(OK), NOT_SO),
    "class_debrief": (runs(OK), NOT_SO),
    "class_debrief_pdf": (runs(OK), NOT_SO),
    # At the desk the constable was taken out of the class before
    "class_text_confirm": (NOT_SO, {"anonymous": LOG_IN, "facilitator": GO, "others": ABSENT}),
    # Whose choice it is does not matter: it stays on the device
    "less_data": (NOT_SO, BAD),
    # Last, since it opens lessons to whoever posts it
    "course_enrol": (NOT_SO, signed_in(GO)),
    "course_seen": (NOT_SO, signed_in(GO)),
}

# Ours among allauth's: who is signed in is led away from it.
ACCOUNT_ROWS = {
    "code_card": ({"anonymous": OK, "others": GO}, {"anonymous": OK, "others": GO}),
}
