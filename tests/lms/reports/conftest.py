"""A small course, and people at every stage of it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from certificates.models import Certificate
from courses.progress.recording import complete_lesson
from courses.quizzes.models import Attempt
from tests.answering import take
from tests.factories import make_enrolment, make_small_course


def finish(person, page, *, at):
    """Everything, the final test at the first try. Returns the enrolment."""
    enrolment = make_enrolment(person, page.course, at=at)
    for lesson in page.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=at)
    for quiz in (page.check, page.final):
        take(quiz, person, enrolment, at=at)
    return enrolment


@pytest.fixture
def world(constable, colleague, nurse):
    """The constable finished; the colleague failed the final test; the nurse did one lesson."""
    at = timezone.now() - timedelta(days=3)
    page = make_small_course()
    done = finish(constable.person, page, at=at)
    failed = make_enrolment(colleague.person, page.course, at=at)
    for lesson in page.lesson_pages:
        complete_lesson(failed, lesson, actor=None, at=at)
    take(page.check, colleague.person, failed, at=at)
    lost = take(page.final, colleague.person, failed, at=at, right=False).attempt
    begun = make_enrolment(nurse.person, page.course, at=at)
    complete_lesson(begun, page.lesson_pages[0], actor=None, at=at)
    return SimpleNamespace(
        page=page,
        course=page.course,
        done=done,
        failed=failed,
        begun=begun,
        at=at,
        lost=lost,
        passed=Attempt.objects.get(person=constable.person, quiz_key=page.final.translation_key),
        certificate=Certificate.objects.get(person=constable.person),
    )
