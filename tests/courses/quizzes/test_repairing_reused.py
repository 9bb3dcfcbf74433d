"""A wrong key in a module that several courses have: put right once, and every course's attempts once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.catalogue import writing
from courses.catalogue.models import CoursePage
from courses.enrolment.enrolling import enrol
from courses.progress.models import Completion
from courses.questions.models import Question
from courses.quizzes import rekeying, repairing
from courses.quizzes.models import Marking, QuizEdition
from courses.quizzes.pages import QuizPage
from courses.quizzes.repairs import RepairedAttempt
from courses.quizzes.reusing import reuse_module
from tests.answering import take
from tests.factories import (
    from_bank,
    make_bank_question,
    make_course,
    make_course_page,
    make_lesson,
    make_module,
    make_person,
    make_quiz,
    publish,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def check():
    """A check of two questions, one of its own and one of the bank; both are needed to pass."""
    page = make_course_page(make_course(needs_final=False))
    quiz = make_quiz(page, [single(), from_bank(make_bank_question())], title="Check", pass_mark=100)
    set_outline(page, [make_module(make_lesson(page), quiz, title="Seeing")])
    return quiz


@pytest.fixture
def everywhere(check, focal_point):
    """The check and what it is in two other courses."""
    source, found = CoursePage.objects.get(pk=check.get_parent().pk), [check]
    for title in ("At sea", "On land"):
        target = make_course_page(make_course(title=title, needs_lessons=False, needs_final=False))
        module_id = writing.outline_of(source)[0]["id"]
        said = {"module_id": module_id, "actor": focal_point, "at": NOW}
        found.append(reuse_module(target, from_page=source, **said)[1])
        publish(CoursePage.objects.get(pk=target.pk).get_latest_revision_as_object())
    return [QuizPage.objects.get(pk=quiz.pk) for quiz in found]


def sit(quiz, person=None, **how):
    person = person or make_person()
    course = CoursePage.objects.get(pk=quiz.get_parent().pk).course
    enrolment = enrol(person, course, actor=None, at=NOW)
    return take(quiz, person, enrolment, at=NOW, **how).attempt


def question_of(quiz, n=0):
    edition = QuizEdition.objects.newest([quiz.translation_key])[quiz.translation_key]
    return Question.objects.get(key=edition.items[n]["question"])


def repair(question, actor):
    option = question.editions.get().body["options"][1]["id"]
    said = {"reason": "The second is right", "actor": actor, "at": LATER}
    proposed = repairing.propose(question, 1, {"right": [option]}, **said)
    done = repairing.confirm(proposed.uuid, actor=actor, at=LATER)
    done.refresh_from_db()
    return done


@pytest.mark.parametrize("n", [0, 1], ids=["its own question", "a question of the bank"])
def test_each_courses_attempts_are_marked_again_exactly_once(everywhere, focal_point, constable, n):
    # One person in every course, and another in each.
    attempts = [sit(quiz, person) for quiz in everywhere for person in (constable.person, None)]
    other = sit(make_quiz(make_course_page(), [single()]))

    done = repair(question_of(everywhere[0], n), focal_point)

    assert (done.concerned, done.done) == (6, 6)
    for attempt in attempts:
        assert list(attempt.markings.values_list("n", flat=True)) == [1, 2]
        assert attempt.latest_marking().score == 50
    assert RepairedAttempt.objects.filter(repair=done).count() == 6
    assert other.markings.count() == 1
    for quiz in everywhere:
        question = question_of(quiz, n)
        assert question.latest_key(1).version == 2
        assert question.keys.count() == 2


def test_where_it_is_reused_it_is_not_put_right(everywhere, focal_point):
    for quiz in everywhere[1:]:
        assert rekeying.is_reused(question_of(quiz))
        with pytest.raises(repairing.RepairRefused):
            repair(question_of(quiz), focal_point)
    assert Marking.objects.count() == 0


def test_a_pass_gained_in_a_course_that_reuses_it_completes_that_course(everywhere, focal_point):
    attempt = sit(everywhere[1], right=False)
    assert not attempt.latest_marking().passed
    for n in range(2):
        repair(question_of(everywhere[0], n), focal_point)
    assert attempt.latest_marking().passed
    assert Completion.objects.get().enrolment == attempt.enrolment
