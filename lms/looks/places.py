"""The pages that show personal data of others, by the names of their addresses.

`OF_ONE` says how to find whose data a page shows; `OF_MANY` are lists, exports and papers with many names. A
test opens every address as everybody: one that shows somebody's name and is in neither fails.
"""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    RECORD = "record", _("the person’s record")
    OWN_DATA = "own data", _("everything kept about the person, as a file")
    TRANSCRIPT = "transcript", _("the record of training, as a PDF")
    ATTEMPT = "attempt", _("answers in a test")
    ENROLMENT = "enrolment", _("a course of the person")
    CERTIFICATE = "certificate", _("a certificate")
    LETTER = "letter", _("a letter to the person")
    ATTENDANCE = "attendance", _("the person’s attendance at a workshop")
    PEOPLE = "people", _("lists of people")
    LETTERS = "letters", _("lists of letters")
    CERTIFICATES = "certificates", _("lists of certificates")
    RESULTS = "results", _("lists of results")
    FIGURES = "figures", _("figures with the names behind them")
    WORKSHOP = "workshop", _("the people of a workshop")
    COHORT = "cohort", _("the people of a cohort")
    IMPORT = "import", _("a list that was uploaded")


def _of(model, path="pk", by="pk", argument="pk"):
    """Whose data it is: the row of `model` that the address names, and the path from it to the person."""

    def find(kwargs):
        rows = apps.get_model(model)._default_manager.filter(**{by: kwargs[argument]})
        people = apps.get_model("people", "Person").objects
        return people.select_related("merged_into").filter(pk__in=rows.values(path)).first()

    return find


PERSON = _of("people.Person")
PERSON_BY_UUID = _of("people.Person", by="uuid", argument="uuid")
ENROLMENT = _of("courses.Enrolment", "person")
CERTIFICATE = _of("certificates.Certificate", "person")
LETTER = _of("courses.Letter", "person")
REGISTRATION = _of("courses.Registration", "person", "uuid", "registration")
ATTEMPT = _of("courses.Attempt", "person", "uuid", "uuid")
TRAINING = _of("courses.EarlierTraining", "person")

OF_ONE = {
    **{
        f"people:{name}": (Place.RECORD, PERSON)
        for name in (
            *("person", "edit", "history", "history_results", "usage", "ask", "approve", "refuse", "role"),
            *("merge", "merge_into", "card", "card_stop", "invite"),
        )
    },
    "people:unmerge": (Place.RECORD, _of("people.Merge", "into")),
    "desk_second_step": (Place.RECORD, PERSON),
    "erasure_ask": (Place.RECORD, PERSON_BY_UUID),
    **{
        name: (Place.RECORD, _of("lms.Erasure", "person", "uuid", "uuid"))
        for name in ("erasure", "erasure_confirm", "erasure_withdraw")
    },
    "name-corrections:decide": (Place.RECORD, _of("people.NameCorrection", "person")),
    "desk_earlier": (Place.RECORD, PERSON),
    "desk_earlier_strike": (Place.RECORD, TRAINING),
    "desk_earlier_scan": (Place.RECORD, TRAINING),
    "data_of": (Place.OWN_DATA, PERSON_BY_UUID),
    "transcript": (Place.TRANSCRIPT, PERSON_BY_UUID),
    "results_attempt": (Place.ATTEMPT, ATTEMPT),
    "results_late_attempt": (Place.ATTEMPT, ATTEMPT),
    "results_run": (Place.ATTEMPT, _of("courses.Run", "person", "uuid", "uuid")),
    "results_case_run": (Place.ATTEMPT, _of("courses.CaseRun", "person", "uuid", "uuid")),
    "repair_otherwise": (Place.ATTEMPT, _of("courses.RepairedAttempt", "attempt__person")),
    "repair_left": (Place.ATTEMPT, _of("courses.RepairedAttempt", "attempt__person")),
    **{
        f"desk_exception{name}": (Place.ENROLMENT, ENROLMENT)
        for name in ("s", "_due", "_recognise", "_grant", "_time", "_end")
    },
    **{
        f"enrolments:{name}": (Place.ENROLMENT, ENROLMENT)
        for name in ("edit", "history", "history_results", "usage", "accept", "decline")
    },
    "cohorts:remove": (Place.COHORT, _of("courses.CohortMember", "person")),
    **{
        f"certificates:{name}": (Place.CERTIFICATE, CERTIFICATE)
        for name in ("inspect", "pdf", "correct", "withdraw", "edit", "history", "history_results", "usage")
    },
    "certificates:confirm": (Place.CERTIFICATE, _of("courses.Completion", "enrolment__person")),
    **{
        f"letters:{name}": (Place.LETTER, LETTER)
        for name in ("again", "came_back", "aside", "edit", "history", "history_results", "usage")
    },
    "workshop_door_person": (Place.ATTENDANCE, REGISTRATION),
    "workshop_people_cancel": (Place.ATTENDANCE, REGISTRATION),
    "check_in_person": (Place.ATTENDANCE, _of("courses.Registration", "person", "uuid", "uuid")),
}

OF_MANY = {
    **dict.fromkeys(
        [
            *(
                "people:index",
                "people:index_results",
                "people:waiting",
                "people:waiting_results",
                "people:same",
            ),
            *(
                "enrolments:index",
                "enrolments:index_results",
                "erasures",
                "keeping",
                "looks",
                "coverage_people",
            ),
            *("name-corrections:index", "name-corrections:index_results", "coverage_people_sheet"),
            *("reports", "reports_sheet", "workshop_team"),
        ],
        Place.PEOPLE,
    ),
    **dict.fromkeys(["letters:index", "letters:index_results"], Place.LETTERS),
    **dict.fromkeys(
        [
            *("certificates:index", "certificates:index_results", "certificates:second_person"),
            *("workshop_certificates", "print_run_pdf", "print_run_zip"),
        ],
        Place.CERTIFICATES,
    ),
    **dict.fromkeys(
        [
            *("results_course", "results_course_rows", "results_quiz", "results_quiz_rows", "results_late"),
            *("results_late_rows", "repair", "repair_key", "repair_sheet", "gradebook", "gradebook_sheet"),
            *("results_scenario", "results_scenario_rows", "results_case", "results_case_rows"),
            *("reports_first_attempts", "workshop_test_enter", "drill_repair", "drill_repair_propose"),
        ],
        Place.RESULTS,
    ),
    **dict.fromkeys(
        [
            *("figure", "figure_sheet", "figure_people", "figure_people_sheet", "reports_lapsing"),
            *("reports_pack_rows", "reports_pack_rows_sheet", "reports_pack_evidence"),
        ],
        Place.FIGURES,
    ),
    **dict.fromkeys(
        [
            *("workshop_people", "workshop_door", "workshop_door_list", "workshop_sheet", "workshop_cards"),
            *("sheet_photo", "report_register", "report_register_sheet", "reports_workshop_evidence"),
            *("check_in_own", "workshop_certificates_names", "workshop_after"),
        ],
        Place.WORKSHOP,
    ),
    **dict.fromkeys(
        [
            *("cohort", "cohorts:cohort", "cohorts:sheet", "cohorts:print"),
            *("class_cases", "class_case", "class_texts"),
        ],
        Place.COHORT,
    ),
    **dict.fromkeys(["desk_import", "desk_imports", "desk_import_decide", "desk_import_report"], Place.IMPORT),
}
