"""What the addresses of the matrix are about. The objects belong to the constable."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from certificates.batches.making import print_selected
from certificates.issuing import issue
from certificates.refreshers.sending import send
from courses.attendance import own_code, photographs
from courses.choices import ErasureWhy, LetterState, Role
from courses.drills.register import keeping
from courses.drills.scenarios import runs as play
from courses.enrolment import inviting
from courses.enrolment.cohorts import Cohort
from courses.enrolment.enrolling import enrol
from courses.people.merging import merge
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from courses.quizzes import attempts
from courses.room.tables import holding
from courses.workshops.sheets import get_ready
from lms.archive.models import ArchiveOrder, ArchiveState
from lms.erasing.models import Erasure
from lms.handover import beginning
from lms.handover.models import HandoverRecord
from lms.reminding.muting import stop_address
from lms.reports.figures import scope as scopes
from lms.reports.packs import making
from lms.reports.packs.models import OrderState, PackOrder
from tests.answering import event, right_answer, take
from tests.certificates.refreshers.calling import (
    call_about,
    certified,
    course_citing,
    old_procedure,
    point,
    reworded,
)
from tests.courses.attendance.door import make_running
from tests.courses.drills.cases.writing import choice, handed_in, long, make_case, make_run, statement
from tests.courses.imports.importing import check
from tests.courses.procedures.writing import begin, make_citation, make_procedure
from tests.courses.room.room import freeze, make_room
from tests.drill_repaired import make_drill_repair
from tests.factories import (
    make_bank_question,
    make_cohort,
    make_earlier_training,
    make_enrolment,
    make_invitation,
    make_letter,
    make_person,
    make_registration,
    make_small_course,
    make_table_top,
    make_user,
    make_workshop,
)
from tests.repaired import make_repair

POSTED = {"lesson_place": {"block": "a-block"}, "name_correction": {"wanted": ""}}
POSTED["reports_pack_correct"] = {"reason": "Counted again."}
IMPORTS = ["", "_progress", "_decide", "_columns", "_run", "_delete"]


def people(constable):
    """Records merged into one, a code card, letters, an import, an earlier certificate."""
    now = timezone.now()
    merged, twin, holder = (make_person(phone="+17584521234") for _n in range(3))
    done = merge(merged, holder, actor=None, at=now)
    letter, sent = make_letter(LetterState.FAILED), make_letter(LetterState.SENT)
    job = check("Name\nAnna Alcide\n", constable)
    earlier = make_earlier_training(constable.person, scan=b"%PDF-1.4\n%%EOF").pk
    return {
        "people:merge": [holder.pk],
        "people:merge_into": [twin.pk, constable.person.pk],
        "people:unmerge": [done.pk],
        "people:card": [holder.pk],
        "people:card_stop": [holder.pk],
        "letters:again": [letter.pk],
        "letters:aside": [letter.pk],
        "letters:came_back": [sent.pk],
        "reminders_stop": [stop_address(constable.person).rstrip("/").rpartition("/")[2]],
        **{f"desk_import{name}": [job.uuid] for name in IMPORTS},
        "desk_import_new": ["people"],
        "desk_import_report": [job.uuid, "csv"],
        "desk_earlier": [constable.person.pk],
        "desk_earlier_scan": [earlier],
        "desk_earlier_strike": [earlier],
    }


def cohorts(constable, facilitator, course):
    cohort = make_cohort([constable.person], course=course.course, facilitator=facilitator.person)
    member, invited = cohort.members.get(), make_invitation()
    names = ("cohort", "poster", "print", "due", "message", "code", "close", "invite")
    return {
        "join": [make_cohort().join_code],
        "invitation": [inviting.token_of(make_invitation())],
        "cohort": [cohort.uuid],
        "reports_learning_cohort": [cohort.uuid],
        "cohorts:sheet": [cohort.pk, "csv"],
        "cohorts:remove": [member.pk],
        **{f"cohorts:{name}": [cohort.pk] for name in names},
        "invitations:resend": [invited.pk],
        "invitations:withdraw": [invited.pk],
        "people:invite": [make_person().pk],
    }


def practice_cases(constable, course, enrolment, cohort):
    """One the constable fills in, one handed in, and one in the register of the class, assigned to them."""
    case, done = (make_case(course, blocks=[statement(), choice(), long()]) for _n in range(2))
    run, handed = make_run(constable.person, case, enrolment=enrolment), handed_in(constable.person, done)
    now = timezone.now()
    kept = keeping.open_case(cohort, case.translation_key, actor=None, at=now)
    keeping.assign(kept, constable.person.uuid, actor=None, at=now)
    field = {edition: edition.fields[1]["id"] for edition in (run.edition, handed.edition)}
    names = ["run", "check", "print", "hand_in", "result"]
    return {
        "case": [case.translation_key],
        **dict.fromkeys(["results_case", "results_case_rows"], [case.translation_key]),
        "results_case_run": [handed.uuid],
        **{f"case_{name}": [run.uuid] for name in names},
        "case_page": [run.uuid, 1],
        "case_judge": [run.uuid, field[run.edition]],
        **dict.fromkeys(["class_cases", "class_case_open", "class_texts", "class_debriefs"], [cohort.uuid]),
        **dict.fromkeys(["class_debrief", "class_debrief_pdf"], [cohort.uuid, "case", done.translation_key]),
        "class_text_confirm": [cohort.uuid, handed.uuid, field[handed.edition]],
        **{f"class_case{name}": [kept.uuid] for name in ("", "_assign", "_move", "_follow_up")},
    }


def coming_workshop(constable, facilitator):
    """In three days; the constable is registered, and somebody else."""
    workshop = make_workshop(
        days=2, facilitators=[facilitator.person], starts_at=timezone.now() + timedelta(days=3)
    )
    make_registration(workshop, constable.person)
    going = make_registration(workshop)
    get_ready(workshop)
    paths = ["", "_register", "_leave", "_calendar", "_team", "_people", "_ready", "_cards"]
    return {
        **{f"workshop{path}": [workshop.uuid] for path in paths},
        "workshop_people_cancel": [workshop.uuid, going.uuid],
        "workshop_sheet": [workshop.uuid, 1],
        "report_register": [workshop.uuid],
        "report_register_sheet": [workshop.uuid, "csv"],
        "workshop_poster": [workshop.uuid, 1],
    }


def workshop_day(constable, facilitator):
    """One that has begun; the constable is expected. Nobody has signed in."""
    workshop = make_running(constable.person, facilitators=[facilitator.person])
    registration = workshop.registrations.get()
    scan = ContentFile(b"%PDF-1.7 scan %%EOF", name="scan.pdf")
    photo = photographs.attach(workshop, None, scan, actor=facilitator, at=timezone.now())
    names = ["door", "undo", "room", "copy", "walk_in", "door_list", "door_away"]
    names += ["after", "after_rows", "after_photo", "close", "reopen"]
    return {
        **{f"workshop_{name}": [workshop.uuid] for name in names},
        "workshop_door_person": [workshop.uuid, registration.uuid],
        "sheet_photo": [workshop.uuid, photo.uuid],
        "check_in": ["7KQ4"],
        "check_in_person": [registration.uuid],
        "check_in_own": [own_code.code_of(constable.person)],
    }


def tests_in_the_room(constable, facilitator, course):
    """A workshop with a pre-test whose paper forms are frozen."""
    workshop = make_room(quiz=course.check, facilitators=[facilitator.person])
    make_registration(workshop, constable.person)
    freeze(workshop)
    names = [
        "certificates",
        "certificates_names",
        "certificates_again",
        "feedback",
        "tests",
        "debrief",
        "survey",
        "survey_sheet",
        "survey_enter",
    ]
    its_test = [workshop.uuid, "before"]
    return {
        **{f"workshop_{name}": [workshop.uuid] for name in names},
        "room_test": its_test,
        "workshop_forms_freeze": its_test,
        "workshop_question_paper": [*its_test, "A"],
        "workshop_answer_sheets": its_test,
        "workshop_test_enter": its_test,
    }


def table_tops(facilitator):
    """An exercise at a workshop, of which no table is entered yet."""
    workshop = make_workshop(facilitators=[facilitator.person])
    held = holding.hold(workshop, make_table_top(), actor=None, at=timezone.now())
    names = ["cards", "trainer", "enter", "debrief", "drop"]
    return {
        "workshop_table_tops": [workshop.uuid],
        **{f"table_top_{name}": [workshop.uuid, held.uuid] for name in names},
    }


def _late_answer(course):
    """Somebody's test that was handed in, and an answer after that."""
    enrolment = make_enrolment(make_person(), course.course)
    who = {"person": enrolment.person, "at": timezone.now()}
    late = attempts.start(course.check.translation_key, enrolment=enrolment, actor=None, **who)
    attempts.submit(late.uuid, actor=None, **who)
    item = late.items.select_related("attempt", "question_edition__question").first()
    attempts.record_answers([event(item, right_answer(item))], **who)
    return late


def _repair(course):
    """A key that was put right, with a decision to make about one person, and one for a colleague."""
    repair = make_repair(course)
    return {
        "repair_key": [repair.question.key],
        "repair": [repair.done.uuid],
        "repair_sheet": [repair.done.uuid],
        "repair_otherwise": [repair.stands.pk],
        "repair_left": [repair.left.pk],
    }


def _drill_repair(course):
    """Points of a scenario that were put right, to be looked at."""
    run, repair = make_drill_repair(course)
    return {
        **dict.fromkeys(["results_scenario", "results_scenario_rows"], [repair.key]),
        "results_run": [run.uuid],
        "drill_repair_propose": [repair.kind, repair.key],
        "drill_repair": [repair.uuid],
    }


def packs():
    """The figures of this year, frozen, with one sentence."""
    scope = scopes.read({"period": f"calendar-{timezone.localdate().year}"})
    pack = making.make(scope, actor=None, at=timezone.now())
    workshop = make_workshop()
    at = timezone.now()
    order = PackOrder.objects.create(
        asked="period=calendar-2025", language="en", by="Jo", at=at, begun_at=at, state=OrderState.FAILED
    )
    names = ["reports_pack", "reports_pack_correct", "reports_pack_evidence"]
    return {
        **dict.fromkeys(names, [pack.uuid]),
        **dict.fromkeys(["reports_pack_order", "reports_pack_order_again"], [order.uuid]),
        "reports_pack_words": [pack.uuid, "inside", "year"],
        "reports_pack_rows": [pack.uuid, "people"],
        "reports_pack_rows_sheet": [pack.uuid, "people", "csv"],
        "reports_pack_file": [pack.uuid, "inside", "text"],
        "reports_workshop_evidence": [workshop.uuid],
    }


def a_procedure():
    """In force, with a draft that changes nothing, and a place that cites it."""
    procedure = make_procedure()
    draft, clause = begin(procedure), procedure.clauses.first()
    citation = make_citation(procedure.in_force, clause)
    return {
        "procedure": [procedure.uuid],
        "clause": [clause.uuid],
        "desk_procedure": [procedure.pk],
        "desk_procedure_publish": [draft.pk],
        "desk_procedure_take_in": [draft.pk],
        "desk_procedure_throw_away": [draft.pk],
        "desk_citation": [citation.pk],
    }


def a_call(constable):
    """To a refresher, sent to the constable; nobody else is left to be called."""
    procedure = old_procedure()
    certified(course_citing(point(procedure.clauses.first())), constable.person)
    call = call_about(reworded(procedure, "4.1"))
    send(call, actor=None, at=timezone.now())
    return {
        "refresher": [call.uuid],
        **dict.fromkeys(["desk_refresher", "desk_refresher_send"], [call.pk]),
    }


def hand_over():
    """Begun between two others, with a record that is not to be looked at."""
    goes = make_user(role=Role.FOCAL_POINT)
    at = timezone.now()
    begun = beginning.begin(
        goes.person, comes=make_user().person, both_until=timezone.localdate(), actor=None, at=at
    )
    HandoverRecord.objects.create(
        handover=begun, made_at=at, made_by="Jo", facts={}, pdf=b"%PDF-1.7", sha256=""
    )
    names = ["day", "rights", "take", "questions", "site", "finish", "close", "record", "give_up"]
    return {"handover": [begun.uuid], **{f"handover_{name}": [begun.uuid] for name in names}}


def archives():
    at = timezone.now()
    facts = {"people": True, "by": "Jo", "at": at, "begun_at": at, "made_at": at, "size": 6}
    made = ArchiveOrder(state=ArchiveState.READY, **facts)
    made.file.save("archive", ContentFile(b"sealed"))
    return {"archive_file": [made.uuid]}


def erasing():
    """Of somebody who has left, asked for by the system: anybody of the desk may be the second person."""
    leaver = make_person(left_on=timezone.localdate() - timedelta(days=30))
    facts = {"why": ErasureWhy.ASKED, "asked_at": timezone.now(), "asked_by": "Jo", "asked_by_id": 0}
    asked = Erasure.objects.create(person=leaver, **facts)
    return {
        "erasure_ask": [leaver.uuid],
        **dict.fromkeys(["erasure", "erasure_confirm", "erasure_withdraw"], [asked.uuid]),
    }


def make_world(constable, facilitator):
    """The constable half way: one certificate, one open attempt of a second cycle."""
    now = timezone.now()
    course = make_small_course(with_scenario=True)
    first = enrol(constable.person, course.course, actor=constable, at=now)
    for lesson in course.lesson_pages:
        complete_lesson(first, lesson, actor=constable, at=now)
    take(course.check, constable.person, first, at=now)
    take(course.final, constable.person, first, at=now)
    certificate = issue(Completion.objects.get(enrolment=first), actor=None, at=now)
    second = enrol(constable.person, course.course, actor=constable, at=now)
    attempt = attempts.start(
        course.check.translation_key, person=constable.person, enrolment=second, actor=constable, at=now
    )
    run = play.start(course.scenario.translation_key, enrolment=second, actor=constable, at=now)
    classes = cohorts(constable, facilitator, course)
    lesson = [course.slug, course.lesson_pages[0].slug]
    question = attempt.items.first().question_edition.question.key
    printed = print_selected([certificate], title="Run", actor=None, at=now).run
    return {
        **people(constable),
        **hand_over(),
        **a_procedure(),
        **a_call(constable),
        **archives(),
        **erasing(),
        **classes,
        **practice_cases(constable, course, second, Cohort.objects.get(uuid=classes["cohort"][0])),
        **coming_workshop(constable, facilitator),
        **workshop_day(constable, facilitator),
        **tests_in_the_room(constable, facilitator, course),
        **table_tops(facilitator),
        **dict.fromkeys(["print_run", "print_run_again", "print_run_pdf", "print_run_zip"], [printed.uuid]),
        "figure": ["people"],
        "figure_sheet": ["people", "csv"],
        "reports_learning_sheet": ["course", "csv"],
        "reports_drills_sheet": ["steps", "csv"],
        "figure_parts": ["people", "agency"],
        "figure_parts_sheet": ["people", "agency", "csv"],
        "figure_people": ["trained"],
        "figure_people_sheet": ["trained", "csv"],
        "reports_overview_sheet": ["agencies", "csv"],
        "coverage_sheet": ["csv"],
        "transcript": [constable.person.uuid],
        "data_of": [constable.person.uuid],
        "report_workshops_sheet": ["csv"],
        "coverage_people": ["no-post"],
        "coverage_people_sheet": ["no-post", "csv"],
        "gradebook": [course.course.uuid],
        "gradebook_sheet": [course.course.uuid, "csv"],
        "reports_questions_sheet": ["csv"],
        "reports_quiz_items": [course.check.translation_key],
        "reports_quiz_items_sheet": [course.check.translation_key, "csv"],
        "reports_first_attempts": [course.check.translation_key],
        "reports_item": [course.check.translation_key, question],
        "reports_item_sheet": [course.check.translation_key, question, "csv"],
        **packs(),
        "my_course": [course.course.uuid],
        "renew": [course.course.uuid],
        "results_course": [course.course.pk],
        "results_course_rows": [course.course.pk],
        "results_quiz": [course.check.translation_key],
        "results_quiz_rows": [course.check.translation_key],
        "results_attempt": [attempt.uuid],
        "results_late_attempt": [_late_answer(course).uuid],
        **_repair(course),
        **_drill_repair(course),
        "desk_question_uses": [make_bank_question().pk],
        "desk_choose_questions": [course.check.pk],
        "desk_choose_questions_rows": [course.check.pk],
        "try_quiz": [course.check.pk],
        "try_question": [course.check.pk, 1],
        "try_review": [course.check.pk],
        "try_result": [course.check.pk],
        "desk_specimen": [course.pk],
        "desk_reuse": [course.pk],
        "desk_edit": [course.pk],
        "course": [course.slug],
        "open_page": [course.translation_key],
        "course_enrol": [course.slug],
        "course_seen": [course.slug],
        "course_continue": [course.slug],
        **{f"save_{name}": lesson[:1] for name in ("course", "list", "papers")},
        "lesson": lesson,
        "lesson_place": lesson,
        "quiz_start": [course.check.translation_key],
        "scenario": [course.scenario.translation_key],
        "scenario_story": [course.scenario.translation_key],
        "run": [run.uuid],
        "run_place": [run.uuid, "door"],
        "run_review": [run.uuid],
        "attempt": [attempt.uuid],
        "attempt_question": [attempt.uuid, 1],
        "attempt_paper": [attempt.uuid],
        "attempt_review": [attempt.uuid],
        "attempt_submit": [attempt.uuid],
        "attempt_result": [attempt.uuid],
        "certificate": [certificate.number],
        "certificate_pdf": [certificate.number],
        "verify_token": [certificate.token],
        "verify_code": [certificate.short_code],
    }
