"""Every address x every role x GET and POST. An address without a row fails.

The objects belong to the constable. For everybody else they answer as absent ones do.
"""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from certificates.issuing import issue
from courses.choices import LetterState
from courses.attendance import own_code, photographs
from courses.enrolment import inviting
from courses.enrolment.enrolling import enrol
from courses.people import card_sheet
from courses.people.merging import merge
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from courses.quizzes import attempts
from lms.reminding.muting import stop_address
from tests.answering import take
from tests.factories import make_bank_question, make_letter, make_person, make_small_course
from tests.courses.imports.importing import check
from tests.courses.attendance.door import make_running
from tests.factories import make_bank_question, make_small_course
from tests.factories import make_bank_question, make_registration, make_small_course, make_workshop
from tests.factories import make_bank_question, make_cohort, make_invitation, make_person, make_small_course
from tests.courses.room.room import freeze, make_room
from tests.factories import make_bank_question, make_registration, make_small_course
from tests.factories import make_bank_question, make_earlier_training, make_small_course
from tests.people import CAST
from tests.routes import all_routes, sample_address

pytestmark = pytest.mark.django_db

OK, CREATED_NOTHING, GO, ABSENT, NOT_SO, WRONG, FORBIDDEN, BAD = 200, 204, 302, 404, 405, 422, 403, 400
LOG_IN = "log in"

# Rows: name -> (GET, POST); each an answer for all, or {role: answer, "others": answer}.
# The owner is the constable.
ALL_OK = (OK, NOT_SO)


def signed_in(answer, **roles):
    return {"anonymous": LOG_IN, **roles, "others": answer}


def owner(answer, others=ABSENT):
    return {"anonymous": LOG_IN, "constable": answer, "others": others}


def runs(answer, **roles):
    """For the facilitator of the workshop and those who run the site."""
    us = dict.fromkeys(["facilitator", "focal_point", "administrator"], answer)
    return {**us, **roles, "anonymous": LOG_IN, "others": ABSENT}
def leads(answer):
    """For the facilitator of the cohort and those who run the site."""
    others = dict.fromkeys(["facilitator", "focal_point", "administrator"], answer)
    return {**others, "anonymous": LOG_IN, "others": ABSENT}


def figures(answer):
    """For supervisors and those who run the site."""
    others = dict.fromkeys(["supervisor_police", "supervisor_health", "focal_point", "administrator"], answer)
    return {**others, "anonymous": LOG_IN, "others": FORBIDDEN}


def runs(answer, others=ABSENT, anonymous=LOG_IN):
    """For whoever runs the workshop: its facilitator, and those who run every one."""
    mine = dict.fromkeys(["facilitator", "focal_point", "administrator"], answer)
    return {**mine, "anonymous": anonymous, "others": others}
def room(answer):
    """For those who run the workshop: its facilitator, and the desk. For the others it is not there."""
    runs = dict.fromkeys(["facilitator", "focal_point", "administrator"], answer)
    return {"anonymous": LOG_IN, **runs, "others": ABSENT}


# The door lets every staff role through; what may not be posted is said before who asks.
NOT_FIGURES = {**figures(NOT_SO), "anonymous": NOT_SO, "facilitator": NOT_SO}

ROWS = {
    # Everybody
    "home": ALL_OK,
    "robots": ALL_OK,
    "favicon": (GO, NOT_SO),
    "healthz": ALL_OK,
    "readyz": ALL_OK,
    "catalogue": ALL_OK,
    "course": ALL_OK,
    "open_page": (GO, NOT_SO),
    "verify": (OK, WRONG),
    "verify_token": ALL_OK,
    "verify_code": ALL_OK,
    # Whoever is signed in
    "course_continue": (signed_in(GO), NOT_SO),
    "quiz_start": (signed_in(OK), {"anonymous": LOG_IN, "constable": GO, "others": OK}),
    "my_record": (signed_in(OK), NOT_SO),
    "name_correction": (signed_in(OK), signed_in(WRONG)),
    "renewals": (signed_in(OK), NOT_SO),
    "my_course": (signed_in(GO), NOT_SO),
    # Nothing is due: they are told so
    "renew": (NOT_SO, signed_in(GO)),
    # The way out in a reminder is for whoever holds it
    "reminders_stop": (OK, OK),
    "reminders": (signed_in(OK), signed_in(GO)),
    # Whoever studies the course; the others are led to its outline
    "lesson": (owner(OK, GO), owner(GO, GO)),
    "lesson_place": (NOT_SO, signed_in(CREATED_NOTHING)),
    # Into a cohort; and an invitation, whose link opens for whoever holds it
    "join_by_code": (signed_in(OK), signed_in(WRONG)),
    "join": (signed_in(OK), signed_in(GO)),
    "invitation": (OK, {"anonymous": WRONG, "others": GO}),
    # Where one's own cohort stands
    "cohorts": (leads(OK), NOT_SO),
    "cohort": (leads(OK), NOT_SO),
    # The owner
    "attempt": (owner(GO), signed_in(NOT_SO)),
    "attempt_question": (owner(OK), owner(WRONG)),
    "attempt_review": (owner(OK), signed_in(NOT_SO)),
    "attempt_submit": (signed_in(NOT_SO), owner(GO)),
    "attempt_result": (owner(GO), signed_in(NOT_SO)),
    "certificate": (owner(OK), NOT_SO),
    "certificate_pdf": (owner(OK), NOT_SO),
    # The wall's code; what a camera opens says nothing to whoever does not run the workshop
    "check_in_start": (signed_in(OK), signed_in(WRONG)),
    "check_in": (signed_in(OK), owner(GO, WRONG)),
    "my_code": (signed_in(OK), signed_in(NOT_SO)),
    "check_in_person": (OK, runs(ABSENT, FORBIDDEN, FORBIDDEN)),
    "check_in_own": (runs(GO, OK, OK), runs(ABSENT, FORBIDDEN, FORBIDDEN)),
    "check_in_sync": (signed_in(NOT_SO), runs(BAD)),
    # Whoever runs the workshop
    "workshop_door": (runs(OK), runs(ABSENT)),
    "workshop_door_person": (runs(OK), runs(WRONG)),
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
    # Where an agency's people stand; the desk has chosen none yet, so there is no sheet
    "reports": (figures(OK), NOT_FIGURES),
    "reports_sheet": ({**figures(OK), "focal_point": FORBIDDEN, "administrator": FORBIDDEN}, NOT_FIGURES),
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
    "workshop_sheet": (runs(OK), NOT_SO),
    "workshop_cards": (runs(OK), NOT_SO),
    "workshop_poster": (runs(OK), NOT_SO),
    # Tests in the room and the survey: for who is at the workshop, and for who runs it
    "room_test": (owner(OK), owner(GO)),
    "workshop_feedback": (owner(OK), owner(WRONG)),
    "workshop_tests": (room(OK), room(NOT_SO)),
    "workshop_forms_freeze": (room(NOT_SO), room(GO)),
    "workshop_question_paper": (room(OK), room(NOT_SO)),
    "workshop_answer_sheets": (room(NOT_SO), room(OK)),
    "workshop_test_enter": (room(OK), room(WRONG)),
    "workshop_debrief": (room(OK), room(NOT_SO)),
    "workshop_survey": (room(OK), room(NOT_SO)),
    "workshop_survey_enter": (room(OK), room(WRONG)),
    # Last, since it opens lessons to whoever posts it
    "course_enrol": (NOT_SO, signed_in(GO)),
}


def desk(answer):
    """For those who run the site; Wagtail leads the others away before it says anything."""
    return {"focal_point": answer, "administrator": answer, "anonymous": LOG_IN, "others": FORBIDDEN}


# What may not be posted is said before who asks, once the door of the desk let them in.
KEPT_FROM_ALL = desk(NOT_SO)
IMPORTS = [
    "desk_import", "desk_import_progress", "desk_import_decide", "desk_import_columns", "desk_import_run",
    "desk_import_delete",
]  # fmt: skip

# Ours below /admin/, beside what the sweep over all of it proves.
DESK_ROWS = {
    "results": (desk(OK), desk(NOT_SO)),
    "results_course": (desk(OK), desk(NOT_SO)),
    "results_course_rows": (desk(OK), desk(NOT_SO)),
    "results_quiz": (desk(OK), desk(NOT_SO)),
    "results_quiz_rows": (desk(OK), desk(NOT_SO)),
    "results_attempt": (desk(OK), desk(NOT_SO)),
    # The bank; a deed that is come back to by its address leads to the list
    "desk_questions_classify": (desk(GO), desk(GO)),
    "desk_question_uses": (desk(OK), desk(NOT_SO)),
    "desk_choose_questions": (desk(OK), desk(GO)),
    "desk_choose_questions_rows": (desk(OK), desk(GO)),
    # Letters: nothing is done without its form; a deed on many leads to the list
    "letters:index": (desk(OK), desk(GO)),
    "letters:again": (desk(OK), desk(OK)),
    "letters:again_many": (desk(GO), desk(GO)),
    "letters:came_back": (desk(OK), desk(OK)),
    "letters:aside": (desk(OK), desk(GO)),
    "letters:aside_many": (desk(GO), desk(GO)),
    # A quiz as trainees take it: without a paper in the address, back to the beginning
    "try_quiz": (desk(OK), desk(GO)),
    "try_question": (desk(GO), desk(GO)),
    "try_review": (desk(GO), desk(NOT_SO)),
    "try_result": (desk(GO), desk(GO)),
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
}

# Ours among allauth's: who is signed in is led away from it.
ACCOUNT_ROWS = {
    "code_card": ({"anonymous": OK, "others": GO}, {"anonymous": OK, "others": GO}),
    # Imports; one that is checked. The last throws it away
    "desk_imports": (desk(OK), desk(NOT_SO)),
    "desk_import_new": (desk(OK), desk(OK)),
    "desk_import": (desk(OK), desk(NOT_SO)),
    "desk_import_progress": (desk(OK), KEPT_FROM_ALL),
    "desk_import_report": (desk(OK), KEPT_FROM_ALL),
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

# Wagtail's and allauth's own addresses share a rule for each prefix.
DESK = ("admin/", "^admin/")
SHARED = ("accounts/", "documents/", "media/", "^static/")
WAGTAIL_PAGES = ("wagtail_serve", "wagtailcore_login", "wagtailcore_authenticate_with_password")
NO_DATA = ("/admin/sprite/", "/admin/jsi18n/")
MAY_ENTER_DESK = {"focal_point", "administrator"}
# One of each standing; the matrix above asks for everybody.
KEPT_OUT = ["anonymous", "pending", "constable", "facilitator", "supervisor_police"]


@pytest.fixture
def world(constable, facilitator):
    """The constable half way: one certificate, one open attempt of a second cycle."""
def workshop_day(constable, facilitator):
    """A workshop of the facilitator's that has begun; the constable is expected. Nobody has signed in."""
    workshop = make_running(constable.person, facilitators=[facilitator.person])
    registration = workshop.registrations.get()
    scan = ContentFile(b"%PDF-1.7 scan %%EOF", name="scan.pdf")
    photo = photographs.attach(workshop, None, scan, actor=facilitator, at=timezone.now())
    names = ["door", "undo", "room", "copy", "walk_in", "after", "after_rows", "after_photo", "close", "reopen"]
    return {
        **{f"workshop_{name}": [workshop.uuid] for name in names},
        "workshop_door_person": [workshop.uuid, registration.uuid],
        "sheet_photo": [workshop.uuid, photo.uuid],
        "check_in": ["7KQ4"],
        "check_in_person": [registration.uuid],
        "check_in_own": [own_code.code_of(constable.person)],
    }


@pytest.fixture
def world(constable, workshop_day):
    """The constable half way: one certificate, one open attempt of a second cycle; and a workshop's day."""
    """The constable half way: one certificate, one open attempt of a second cycle; and at a workshop of the
    facilitator."""
    now = timezone.now()
    course = make_small_course()
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
    lesson = [course.slug, course.lesson_pages[0].slug]
    merged, twin, holder = (make_person(phone="+17584521234") for _n in range(3))
    done = merge(merged, holder, actor=None, at=now)
    letter, sent = make_letter(LetterState.FAILED), make_letter(LetterState.SENT)
    job = check("Name\nAnna Alcide\n", constable)
    cohort = make_cohort([constable.person], course=course.course, facilitator=facilitator.person)
    member, invited = cohort.members.get(), make_invitation()
    return {
        "people:merge": [holder.pk],
        "people:merge_into": [twin.pk, constable.person.pk],
        "people:unmerge": [done.pk],
        "people:card": [holder.pk],
        "people:card_stop": [holder.pk],
    workshop = make_workshop(days=2, facilitators=[facilitator.person], starts_at=now + timedelta(days=3))
    make_registration(workshop, constable.person)
    going = make_registration(workshop)
    paths = ["", "_register", "_leave", "_calendar", "_team", "_people", "_ready", "_cards"]
    return {
        **{f"workshop{path}": [workshop.uuid] for path in paths},
        "workshop_people_cancel": [workshop.uuid, going.uuid],
        "workshop_sheet": [workshop.uuid, 1],
        "workshop_poster": [workshop.uuid, 1],
    return workshop_day | {
    workshop = make_room(quiz=course.check, facilitators=[facilitator.person])
    make_registration(workshop, constable.person)
    freeze(workshop)
    at_workshop = [workshop.uuid]
    its_test = [workshop.uuid, "before"]
    return {
        "room_test": its_test,
        "workshop_feedback": at_workshop,
        "workshop_tests": at_workshop,
        "workshop_forms_freeze": its_test,
        "workshop_question_paper": [*its_test, "A"],
        "workshop_answer_sheets": its_test,
        "workshop_test_enter": its_test,
        "workshop_debrief": at_workshop,
        "workshop_survey": at_workshop,
        "workshop_survey_enter": at_workshop,
    earlier = make_earlier_training(constable.person, scan=b"%PDF-1.4\n%%EOF").pk
    return {
        "desk_earlier": [constable.person.pk],
        "desk_earlier_scan": [earlier],
        "desk_earlier_strike": [earlier],
        "results_course": [course.course.pk],
        "results_course_rows": [course.course.pk],
        "results_quiz": [course.check.translation_key],
        "results_quiz_rows": [course.check.translation_key],
        "results_attempt": [attempt.uuid],
        "letters:again": [letter.pk],
        "letters:aside": [letter.pk],
        "letters:came_back": [sent.pk],
        "desk_question_uses": [make_bank_question().pk],
        "desk_choose_questions": [course.check.pk],
        "desk_choose_questions_rows": [course.check.pk],
        "try_quiz": [course.check.pk],
        "try_question": [course.check.pk, 1],
        "try_review": [course.check.pk],
        "try_result": [course.check.pk],
        "desk_specimen": [course.pk],
        "desk_reuse": [course.pk],
        **dict.fromkeys(IMPORTS, [job.uuid]),
        "desk_import_new": ["people"],
        "desk_import_report": [job.uuid, "csv"],
        "course": [course.slug],
        "open_page": [course.translation_key],
        "course_enrol": [course.slug],
        "my_course": [course.course.uuid],
        "renew": [course.course.uuid],
        "reminders_stop": [stop_address(constable.person).rstrip("/").rpartition("/")[2]],
        "course_continue": [course.slug],
        "lesson": lesson,
        "lesson_place": lesson,
        "quiz_start": [course.check.translation_key],
        "attempt": [attempt.uuid],
        "attempt_question": [attempt.uuid, 1],
        "attempt_review": [attempt.uuid],
        "attempt_submit": [attempt.uuid],
        "attempt_result": [attempt.uuid],
        "join": [make_cohort().join_code],
        "invitation": [inviting.token_of(make_invitation())],
        "cohort": [cohort.uuid],
        "cohorts:sheet": [cohort.pk, "csv"],
        "cohorts:remove": [member.pk],
        **{
            f"cohorts:{name}": [cohort.pk]
            for name in ("cohort", "poster", "due", "message", "code", "close", "invite")
        },
        "invitations:resend": [invited.pk],
        "invitations:withdraw": [invited.pk],
        "people:invite": [make_person().pk],
        "certificate": [certificate.number],
        "certificate_pdf": [certificate.number],
        "verify_token": [certificate.token],
        "verify_code": [certificate.short_code],
    }


POSTED = {"lesson_place": {"block": "a-block"}, "name_correction": {"wanted": ""}}


def answer_of(response):
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return LOG_IN
    return response.status_code


def expected(row, role):
    return row if not isinstance(row, dict) else row.get(role, row["others"])


@pytest.mark.parametrize("role", CAST)
def test_every_address_answers_every_role_as_written(request, client_of, world, role, monkeypatch):
    monkeypatch.setattr(card_sheet, "draw", lambda cards, request: b"%PDF-1.7")  # drawing is not asked here
    client = client_of(request.getfixturevalue(role))
    found, written = {}, {}
    for name, (get, post) in (DESK_ROWS | ACCOUNT_ROWS | ROWS).items():
        address = reverse(name, args=world.get(name, []))
        for method, row in (("GET", get), ("POST", post)):
            send = client.get if method == "GET" else client.post
            found[name, method] = answer_of(send(address, POSTED.get(name, {}) if method == "POST" else {}))
            written[name, method] = expected(row, role)

    assert found == written


def own_routes():
    return [
        (route, name)
        for route, name in all_routes()
        if not route.startswith(DESK + SHARED) and name not in WAGTAIL_PAGES
    ]


def test_every_address_of_ours_has_a_row():
    assert {name for _route, name in own_routes()} == set(ROWS)


@pytest.mark.parametrize(
    "name", ["attempt", "attempt_question", "attempt_review", "attempt_result", "certificate"]
)
def test_somebody_elses_object_answers_exactly_as_an_absent_one(client_of, nurse, world, name):
    client = client_of(nurse)
    others, absent = list(world[name]), list(world[name])
    absent[0] = uuid.uuid4() if isinstance(absent[0], uuid.UUID) else "SL-2020-00001-A"

    theirs = client.get(reverse(name, args=others))
    nobodys = client.get(reverse(name, args=absent))

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content.replace(str(others[0]).encode(), b"") == nobodys.content.replace(
        str(absent[0]).encode(), b""
    )


@pytest.mark.parametrize("role", KEPT_OUT)
def test_nothing_of_the_desk_opens_for_others(request, client_of, world, role):
    """Every address below /admin/, with sample values, for everybody who may not enter."""
    client = client_of(request.getfixturevalue(role))
    opened = []
    for route, _name in all_routes():
        if route.startswith(DESK):
            address = sample_address(route)
            for response in (client.get(address), client.post(address)):
                if response.status_code not in (302, 403, 404, 405):
                    opened.append((address, response.status_code))

    # Drawings of the admin's icons and the texts of its scripts: no data.
    assert {row for row in opened if not row[0].startswith(NO_DATA)} == set()


@pytest.mark.parametrize("role", sorted(MAY_ENTER_DESK))
def test_the_desk_opens_for_those_who_run_the_site(request, client_of, world, role):
    client = client_of(request.getfixturevalue(role))

    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize("role", ["anonymous", "constable"])
def test_pages_of_ones_own_are_never_kept(request, client_of, world, role):
    client = client_of(request.getfixturevalue(role))
    response = client.get(reverse("home"))

    kept = response.headers.get("Cache-Control", "")
    assert ("no-store" in kept) == (role == "constable")
