"""The site under load, in the database that is connected, and who uses it. Imported once Django is set up."""

import io
import uuid
from types import SimpleNamespace

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.batches import making
from certificates.issuing import issue
from courses.catalogue.models import CoursePage, LessonPage
from courses.quizzes import attempts
from courses.quizzes.models import Attempt
from tests import factories as make
from tests.sessions import session_of

QUESTIONS = 10


@transaction.atomic
def build(*, studying, quizzing, testing, arriving):
    """The national course, a check of ten questions, and so many people for each part of the load."""
    call_command("load_course", verbosity=0, stdout=io.StringIO())
    page = CoursePage.objects.get(course__code="slu-ctip")
    lesson = LessonPage.objects.child_of(page).live().filter(sectors=[]).order_by("pk").first()
    course = make.make_course_page()
    quiz = make.make_quiz(course, [make.single(stem=f"Question {n}") for n in range(QUESTIONS)], review="test")
    course = make.set_outline(course, [make.make_module(quiz)])
    agency = make.make_agency()
    return SimpleNamespace(
        course=reverse("course", args=[page.slug]),
        lesson=reverse("lesson", args=[page.slug, lesson.slug]),
        bare=f"/bare/page/{lesson.url.strip('/')}/",
        quiz=str(quiz.translation_key),
        start=reverse("quiz_start", args=[quiz.translation_key]),
        studying=[_person(agency, page.course) for _ in range(studying)],
        quizzing=[_person(agency, course.course) for _ in range(quizzing)],
        testing=[_begun(_person(agency, course.course), quiz) for _ in range(testing)],
        arriving=[make.make_user(person=make.make_person(agency=agency)).email for _ in range(arriving)],
        password=make.PASSWORD,
    )


def _person(agency, course):
    user = make.make_user(password=None, person=make.make_person(agency=agency, sector="police"))
    enrolment = make.make_enrolment(user.person, course)
    return SimpleNamespace(
        person=user.person, uuid=str(user.person.uuid), enrolment=enrolment, session=session_of(user)
    )


def _begun(one, quiz):
    attempt = attempts.start(
        quiz.translation_key, person=one.person, enrolment=one.enrolment, actor=None, at=timezone.now()
    )
    one.attempt, one.options = str(attempt.uuid), options_of(attempt.uuid)
    return one


def options_of(attempt):
    """One option of each question, in the order of the questions."""
    return [item.option_order[0] for item in Attempt.objects.get(uuid=attempt).items.order_by("n")]


def batch(one, attempt, options):
    """What a device sends that kept one answer to each question."""
    now = timezone.now().isoformat()
    items = [
        {
            "kind": "answer",
            "uuid": str(uuid.uuid4()),
            "seq": n,
            "at": now,
            "attempt": attempt,
            "n": n,
            "fields": {"a": [option]},
        }
        for n, option in enumerate(options, 1)
    ]
    return {"person": one.uuid, "device": str(uuid.uuid4()), "now": now, "items": items}


def order_certificates(count):
    """So many certificates, and their printing, left to the worker. Returns the run."""
    # What the seeding left to do is not a part of this.
    DBTaskResult.objects.all().delete()
    with transaction.atomic():
        agency, course = make.make_agency(), make.make_course()
        issued = [
            issue(
                make.make_completion(make.make_enrolment(make.make_person(agency=agency), course)),
                actor=None,
                at=timezone.now(),
            )
            for _ in range(count)
        ]
    return making.print_selected(issued, title="Class", actor=None, at=timezone.now()).run


def is_printed(run):
    run.refresh_from_db()
    return run.is_ready and not DBTaskResult.objects.exclude(status__in=("SUCCESSFUL", "FAILED")).exists()
