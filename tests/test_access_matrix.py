"""Every address x every role x GET and POST. An address without a row fails.

The objects belong to the constable. For everybody else they answer as absent ones do.
"""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.batches.making import print_selected
from certificates.issuing import issue
from courses.enrolment.enrolling import enrol
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from courses.quizzes import attempts
from tests.answering import take
from tests.factories import make_bank_question, make_small_course, make_workshop
from tests.people import CAST
from tests.routes import all_routes, sample_address

pytestmark = pytest.mark.django_db

OK, CREATED_NOTHING, GO, ABSENT, NOT_SO, WRONG, FORBIDDEN = 200, 204, 302, 404, 405, 422, 403
LOG_IN = "log in"

# Rows: name -> (GET, POST); each an answer for all, or {role: answer, "others": answer}.
# The owner is the constable.
ALL_OK = (OK, NOT_SO)


def signed_in(answer, **roles):
    return {"anonymous": LOG_IN, **roles, "others": answer}


def owner(answer, others=ABSENT):
    return {"anonymous": LOG_IN, "constable": answer, "others": others}


def figures(answer):
    """For supervisors and those who run the site."""
    others = dict.fromkeys(["supervisor_police", "supervisor_health", "focal_point", "administrator"], answer)
    return {**others, "anonymous": LOG_IN, "others": FORBIDDEN}


def issuing(answer, others=FORBIDDEN):
    """For those who give numbers and print."""
    return {"anonymous": LOG_IN, "focal_point": answer, "administrator": answer, "others": others}


def running(answer):
    """For those who run every workshop; for everybody else it is not there."""
    return issuing(answer, others=ABSENT)


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
    # Whoever studies the course; the others are led to its outline
    "lesson": (owner(OK, GO), owner(GO, GO)),
    "lesson_place": (NOT_SO, signed_in(CREATED_NOTHING)),
    # The owner
    "attempt": (owner(GO), signed_in(NOT_SO)),
    "attempt_question": (owner(OK), owner(WRONG)),
    "attempt_review": (owner(OK), signed_in(NOT_SO)),
    "attempt_submit": (signed_in(NOT_SO), owner(GO)),
    "attempt_result": (owner(GO), signed_in(NOT_SO)),
    "certificate": (owner(OK), NOT_SO),
    "certificate_pdf": (owner(OK), NOT_SO),
    # Where an agency's people stand; the desk has chosen none yet, so there is no sheet
    "reports": (figures(OK), NOT_FIGURES),
    "reports_sheet": ({**figures(OK), "focal_point": FORBIDDEN, "administrator": FORBIDDEN}, NOT_FIGURES),
    # Certificates of a workshop, for those who run it: the facilitator has none of their own here
    "workshop_certificates": (running(OK), running(NOT_SO)),
    "workshop_certificates_names": (running(OK), running(GO)),
    "workshop_certificates_again": (running(NOT_SO), running(GO)),
    "print_run": (issuing(OK), issuing(NOT_SO)),
    "print_run_again": (issuing(NOT_SO), issuing(GO)),
    "print_run_pdf": (issuing(OK), issuing(NOT_SO)),
    "print_run_zip": (issuing(ABSENT), issuing(NOT_SO)),
    # Last, since it opens lessons to whoever posts it
    "course_enrol": (NOT_SO, signed_in(GO)),
}


def desk(answer):
    """For those who run the site; Wagtail leads the others away before it says anything."""
    return {"focal_point": answer, "administrator": answer, "anonymous": LOG_IN, "others": FORBIDDEN}


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
    # A quiz as trainees take it: without a paper in the address, back to the beginning
    "try_quiz": (desk(OK), desk(GO)),
    "try_question": (desk(GO), desk(GO)),
    "try_review": (desk(GO), desk(NOT_SO)),
    "try_result": (desk(GO), desk(GO)),
    "desk_specimen": (desk(OK), desk(NOT_SO)),
    "desk_reuse": (desk(OK), desk(OK)),
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
def world(constable):
    """The constable half way: one certificate, one open attempt of a second cycle."""
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
    workshop = make_workshop()
    run = print_selected([certificate], title="Run", actor=None, at=now).run
    return {
        "results_course": [course.course.pk],
        "results_course_rows": [course.course.pk],
        "results_quiz": [course.check.translation_key],
        "results_quiz_rows": [course.check.translation_key],
        "results_attempt": [attempt.uuid],
        "desk_question_uses": [make_bank_question().pk],
        "desk_choose_questions": [course.check.pk],
        "desk_choose_questions_rows": [course.check.pk],
        "try_quiz": [course.check.pk],
        "try_question": [course.check.pk, 1],
        "try_review": [course.check.pk],
        "try_result": [course.check.pk],
        "desk_specimen": [course.pk],
        "desk_reuse": [course.pk],
        "course": [course.slug],
        "open_page": [course.translation_key],
        "course_enrol": [course.slug],
        "course_continue": [course.slug],
        "lesson": lesson,
        "lesson_place": lesson,
        "quiz_start": [course.check.translation_key],
        "attempt": [attempt.uuid],
        "attempt_question": [attempt.uuid, 1],
        "attempt_review": [attempt.uuid],
        "attempt_submit": [attempt.uuid],
        "attempt_result": [attempt.uuid],
        "certificate": [certificate.number],
        "certificate_pdf": [certificate.number],
        **dict.fromkeys(
            ["workshop_certificates", "workshop_certificates_names", "workshop_certificates_again"],
            [workshop.uuid],
        ),
        **dict.fromkeys(["print_run", "print_run_again", "print_run_pdf", "print_run_zip"], [run.uuid]),
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
def test_every_address_answers_every_role_as_written(request, client_of, world, role):
    client = client_of(request.getfixturevalue(role))
    found, written = {}, {}
    for name, (get, post) in (DESK_ROWS | ROWS).items():
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
