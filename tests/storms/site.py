"""The site under storms, in the database that is connected, who uses it, and what it has in the end. Imported
once Django is set up."""

import hashlib
import queue
import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.db import close_old_connections, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.attending import issue_attendance
from certificates.batches.models import PrintRun
from certificates.models import Certificate, CertificateFile
from courses.attendance.models import AttendanceEvent, SheetPhoto
from courses.choices import LetterState, PrintRunState, Purpose, Role
from courses.mailing.models import Letter
from courses.progress.models import LessonDone
from courses.questions.models import QuestionKey
from courses.quizzes.models import AnswerEvent, Attempt
from courses.workshops.models import Registration
from tests import factories as make
from tests.sessions import session_of

QUESTIONS, LESSONS = 3, 2
ON_THE_SHEET, PRINTED, HELD = 12, 2, 8
ENDED = ("SUCCESSFUL", "FAILED")
# Whose fate is settled: a letter of which nobody knows is shown to the office.
TOLD = {LetterState.SENT: "sent", LetterState.UNCERTAIN: "uncertain"}


@transaction.atomic
def build(people):
    """A course, workshops to come and held, and so many people who will take the course."""
    make.make_site()
    page = make.make_course_page()
    lessons = [make.make_lesson(page) for _ in range(LESSONS)]
    quizzes = [
        make.make_quiz(page, [make.single(stem=f"{name} {n}") for n in range(QUESTIONS)], review="test", **more)
        for name, more in (("Check", {}), ("Final", {"purpose": Purpose.FINAL, "pass_mark": 80}))
    ]
    page = make.set_outline(page, [make.make_module(*lessons, *quizzes)])
    agency, now = make.make_agency(), timezone.now()
    facilitator = _signed_in(agency, Role.FACILITATOR)
    yesterday = timezone.localtime() - timedelta(days=1)
    held = [
        make.make_workshop(sessions=1, starts_at=yesterday.replace(hour=9), facilitators=[facilitator.person])
        for _ in range(HELD)
    ]
    printed, at_the_door = held[0], held[1]
    came = [make.make_registration(printed, make.make_person(agency=agency)) for _ in range(PRINTED)]
    for registration in came:
        make.make_attendance(registration)
    issue_attendance(printed, came, actor=None, at=now)
    expected = [
        make.make_registration(at_the_door, make.make_person(agency=agency)) for _ in range(ON_THE_SHEET)
    ]
    waiting = queue.Queue()
    for n in range(people):
        one = _signed_in(agency)
        make.make_enrolment(one.person, page.course)
        one.by_device = bool(n % 2)
        waiting.put(one)
    return SimpleNamespace(
        waiting=waiting,
        facilitator=facilitator,
        desk=_signed_in(agency, Role.FOCAL_POINT),
        coming=str(make.make_workshop(starts_at=yesterday + timedelta(days=30)).uuid),
        printed=str(printed.uuid),
        held=[str(workshop.uuid) for workshop in held],
        registrations=[str(one.uuid) for one in expected],
        session=at_the_door.sessions.get().pk,
        lessons=[
            (str(lesson.translation_key), reverse("lesson", args=[page.slug, lesson.slug]))
            for lesson in lessons
        ],
        quizzes=[str(quiz.translation_key) for quiz in quizzes],
        questions=QUESTIONS,
        right={option for row in QuestionKey.objects.all() for option in row.key["right"]},
    )


def _signed_in(agency, role=Role.TRAINEE):
    user = make.make_user(password=None, person=make.make_person(agency=agency), role=role)
    return SimpleNamespace(
        person=user.person, uuid=str(user.person.uuid), device=str(uuid.uuid4()), session=session_of(user)
    )


# --- What there is to do ----------------------------------------------------------------


def what_is_left():
    """What the site still has to do by itself, in words; nothing in the end."""
    close_old_connections()
    counts = {
        "tasks": DBTaskResult.objects.exclude(status__in=ENDED).count(),
        "letters": Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.SENDING]).count(),
        "print runs": PrintRun.objects.filter(state=PrintRunState.DRAWING).count(),
    }
    return {name: count for name, count in counts.items() if count}


# --- What there is ----------------------------------------------------------------------


def record():
    """[((what, which), content)] of everything that the ledger may name."""
    return [
        *((("answer", str(one.uuid)), _answer(one)) for one in _answers()),
        *((("attempt", f"{one.person.uuid} {one.quiz_key}"), str(one.uuid)) for one in _attempts()),
        *((("hand-in", str(one.uuid)), _scores(one)) for one in _handed_in()),
        *((("lesson", f"{one.enrolment.person.uuid} {one.lesson_key}"), "done") for one in _lessons()),
        *((("certificate", str(person)), _drawn(pk)) for pk, person in _certificates()),
        *((("registration", str(person)), state) for person, state in _registrations()),
        *((("letter", str(one.person.uuid)), _told(one)) for one in _letters()),
        *((("mark", str(one.uuid)), _mark(one)) for one in _marks()),
        *((("scan", one.sha256), _file(one.file)) for one in SheetPhoto.objects.all()),
        *((("print", str(one.uuid)), _printed(one)) for one in PrintRun.objects.all()),
    ]


def _answers():
    return AnswerEvent.objects.select_related("item__attempt")


def _answer(event):
    return f"{event.item.attempt.uuid} {event.item.n} {event.payload['chosen'][0]}"


def _attempts():
    return Attempt.objects.exclude(started_at=None).select_related("person")


def _handed_in():
    return Attempt.objects.exclude(submitted_at=None).prefetch_related("markings")


def _scores(attempt):
    return " ".join(str(marking.score) for marking in attempt.markings.all())


def _lessons():
    return LessonDone.objects.select_related("enrolment__person")


def _certificates():
    found = Certificate.objects.exclude(completion=None)
    return found.values_list("pk", "completion__enrolment__person__uuid")


def _drawn(pk):
    files = list(CertificateFile.objects.filter(certificate=pk))
    right = [hashlib.sha256(bytes(one.pdf)).hexdigest() == one.sha256 for one in files]
    return "drawn" if right == [True] else f"files: {right}"


def _registrations():
    # Those of the workshop to come, for which people registered by themselves.
    return Registration.objects.filter(way="self").values_list("person__uuid", "state")


def _letters():
    return Letter.objects.filter(key__startswith="workshop:registered:").exclude(person=None)


def _told(letter):
    return "sent" if letter.state in TOLD else letter.state


def _marks():
    return AttendanceEvent.objects.exclude(device="").select_related("registration")


def _mark(event):
    return f"{event.registration.uuid} {event.session_id} {event.mark}"


def _file(file):
    try:
        with file.open("rb") as opened:
            return hashlib.sha256(opened.read()).hexdigest()
    except OSError as error:
        return type(error).__name__


def _printed(run):
    if run.state != PrintRunState.READY:
        return run.state
    with run.pdf.open("rb") as opened:
        return "ready" if opened.read(5) == b"%PDF-" else "no PDF"


def letters():
    """{name in the mail's head: "sent", "uncertain" or its state}."""
    rows = Letter.objects.values_list("uuid", "state")
    return {str(name): TOLD.get(state, state) for name, state in rows}


def failed_tasks():
    """What stands at the desk as failed: {(task, why): how many}."""
    rows = DBTaskResult.objects.filter(status="FAILED").values_list("task_path", "exception_class_path")
    return list(rows)


def let_go():
    connection.close()
