from datetime import timedelta

import pytest
from django.utils import timezone

from courses.quizzes.asked import Asked, asked_of
from courses.quizzes.attempts import start
from tests.answering import take
from tests.courses.questions.test_publishing import rewrite
from tests.factories import from_bank, make_bank_question, make_enrolment, make_person, make_quiz

pytestmark = pytest.mark.django_db


def world():
    question, other = make_bank_question(), make_bank_question()
    quiz = make_quiz(questions=[from_bank(question), from_bank(other)])
    return question, other, quiz


def enrol(quiz, person=None):
    return make_enrolment(person or make_person(), quiz.get_parent().specific.course)


def test_each_person_counts_once_by_the_first_time():
    question, other, quiz = world()
    now = timezone.now()
    for n in range(6):
        enrolment = enrol(quiz)
        take(quiz, enrolment.person, enrolment, at=now, right=n >= 2)
        # Having seen what is right they know it: that says nothing about the question.
        take(quiz, enrolment.person, enrolment, at=now + timedelta(hours=1))

    asked = asked_of([question.key])

    assert asked == {question.key: Asked(times=12, people=6, right=4)}
    assert asked[question.key].rate == 66
    assert set(asked_of()) == {question.key, other.key}


def test_of_a_few_nothing_is_said_and_what_is_open_is_only_counted():
    question, _other, quiz = world()
    enrolment = enrol(quiz)
    take(quiz, enrolment.person, enrolment, at=timezone.now())
    begun = enrol(quiz)
    start(quiz.translation_key, person=begun.person, enrolment=begun, actor=None, at=timezone.now())

    asked = asked_of([question.key])[question.key]

    assert (asked.times, asked.people, asked.right, asked.rate) == (2, 1, 1, None)
    assert asked_of([make_bank_question().key]) == {}


def test_it_asks_three_times_however_many_there_are(django_assert_num_queries):
    question, other, quiz = world()
    for _ in range(2):
        enrolment = enrol(quiz)
        take(quiz, enrolment.person, enrolment, at=timezone.now())
        with django_assert_num_queries(3):
            asked_of([question.key, other.key])


def test_a_new_meaning_counts_from_nothing_and_a_slip_goes_on():
    question, other, quiz = world()
    enrolment = enrol(quiz)
    take(quiz, enrolment.person, enrolment, at=timezone.now(), right=False)
    rewrite(question, stem="What else?", change="meaning")
    rewrite(other, stem="What now?", change="slip")
    assert asked_of() == {other.key: Asked(times=1, people=1, right=0)}

    enrolment = enrol(quiz)
    take(quiz, enrolment.person, enrolment, at=timezone.now())

    assert asked_of() == {question.key: Asked(1, 1, 1), other.key: Asked(2, 2, 1)}
