"""The addresses of workshops. The constable is registered, the facilitator runs it; others hear of nobody."""

from tests.access.answers import (
    ABSENT,
    FORBIDDEN,
    GO,
    NOT_SO,
    OK,
    UNKNOWN,
    WRONG,
    issues,
    owner,
    runs,
    signed_in,
)

WORKSHOPS = {
    # Workshops: the constable is registered, the facilitator runs it; of who comes nobody else hears
    "workshops": (signed_in(OK), NOT_SO),
    "workshop": (signed_in(OK, pending=ABSENT), NOT_SO),
    "workshop_calendar": (runs(OK, constable=OK), NOT_SO),
    "workshop_register": (NOT_SO, signed_in(GO, pending=ABSENT)),
    # By now everybody is registered
    "workshop_leave": (signed_in(OK, pending=ABSENT), signed_in(GO, pending=ABSENT)),
    "workshop_team": (
        signed_in(ABSENT, supervisor_police=OK, supervisor_health=OK),
        signed_in(ABSENT, supervisor_police=GO, supervisor_health=GO),
    ),
    "workshop_people": (runs(OK), runs(GO)),
    "workshop_people_cancel": (runs(OK), runs(GO)),
    "workshop_ready": (runs(OK), NOT_SO),
    "workshop_sheet": (runs(OK), runs(GO)),
    "workshop_cards": (runs(OK), runs(GO)),
    "workshop_poster": (runs(OK), runs(GO)),
    # The wall's code; what a camera opens says nothing to whoever does not run the workshop
    "check_in_start": (signed_in(OK), signed_in(WRONG)),
    "check_in": (signed_in(OK), owner(GO, WRONG)),
    "my_code": (signed_in(OK), signed_in(NOT_SO)),
    "check_in_person": (OK, runs(ABSENT, FORBIDDEN, FORBIDDEN)),
    # Two workshops of today have the constable: which one is asked
    "check_in_own": (OK, runs(ABSENT, FORBIDDEN, FORBIDDEN)),
    # Whoever runs the workshop
    "workshop_door": (runs(OK), runs(ABSENT)),
    "workshop_door_person": (runs(OK), runs(WRONG)),
    # On an own device alone. The list is asked for by a script
    "workshop_door_list": (runs(FORBIDDEN, anonymous=UNKNOWN), NOT_SO),
    "workshop_door_away": (runs(GO), runs(NOT_SO)),
    "workshop_undo": (runs(NOT_SO), runs(ABSENT)),
    "workshop_room": (runs(OK), runs(GO)),
    "workshop_copy": (runs(NOT_SO), runs(GO)),
    "workshop_walk_in": (runs(OK), runs(WRONG)),
    "workshop_after": (runs(OK), runs(NOT_SO)),
    "workshop_after_rows": (runs(NOT_SO), runs(WRONG)),
    "workshop_after_photo": (runs(NOT_SO), runs(GO)),
    "sheet_photo": (runs(OK), runs(NOT_SO)),
    "workshop_close": (runs(NOT_SO), runs(GO)),
    "workshop_reopen": (runs(NOT_SO), runs(WRONG)),
    # Tests in the room and the survey: for who is at the workshop, and for who runs it
    "room_test": (owner(OK), owner(GO)),
    "workshop_feedback": (owner(OK), owner(WRONG)),
    "workshop_tests": (runs(OK), runs(NOT_SO)),
    "workshop_forms_freeze": (runs(NOT_SO), runs(GO)),
    "workshop_question_paper": (runs(NOT_SO), runs(OK)),
    "workshop_answer_sheets": (runs(NOT_SO), runs(OK)),
    "workshop_test_enter": (runs(OK), runs(WRONG)),
    "workshop_debrief": (runs(OK), runs(NOT_SO)),
    "workshop_survey": (runs(OK), runs(NOT_SO)),
    "workshop_survey_sheet": (runs(OK), runs(NOT_SO)),
    "workshop_survey_enter": (runs(OK), runs(WRONG)),
    # Table-top exercises: for whoever runs the workshop
    "workshop_table_tops": (runs(OK), runs(GO)),
    "table_top_cards": (runs(OK), runs(NOT_SO)),
    "table_top_trainer": (runs(OK), runs(NOT_SO)),
    "table_top_enter": (runs(OK), runs(WRONG)),
    "table_top_debrief": (runs(OK), runs(NOT_SO)),
    "table_top_drop": (runs(OK), runs(GO)),
    # Certificates: whoever runs it sees who meets the rule; the desk gives numbers and prints
    "workshop_certificates": (runs(OK), runs(NOT_SO)),
    "workshop_certificates_names": (runs(OK, facilitator=FORBIDDEN), runs(GO, facilitator=FORBIDDEN)),
    "workshop_certificates_again": (
        runs(NOT_SO, facilitator=FORBIDDEN),
        runs(GO, facilitator=FORBIDDEN),
    ),
    "print_run": (issues(OK), issues(NOT_SO)),
    "print_run_again": (issues(NOT_SO), issues(GO)),
    "print_run_pdf": (issues(OK), issues(NOT_SO)),
    "print_run_zip": (issues(ABSENT), issues(NOT_SO)),
}
