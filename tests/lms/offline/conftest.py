import pytest
from django.utils import timezone

from courses.quizzes import attempts
from tests.factories import make_course_page, make_enrolment, make_module, make_quiz, set_outline
from tests.lms.offline.phone import Phone


@pytest.fixture
def quiz(db):
    """Two questions, marked at the end."""
    page = make_course_page()
    quiz = make_quiz(page, review="test")
    set_outline(page, [make_module(quiz)])
    return quiz


@pytest.fixture
def enrolment(quiz, constable):
    return make_enrolment(constable.person, quiz.get_parent().specific.course)


@pytest.fixture
def attempt(quiz, enrolment):
    return attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )


@pytest.fixture
def phone(client_of, constable):
    return Phone(client_of(constable), constable.person)


@pytest.fixture
def other_phone(client_of, constable):
    return Phone(client_of(constable), constable.person)
