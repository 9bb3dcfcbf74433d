"""Invented answers: every kind is answered, rightly by the sure and wrongly by the others."""

import random

import pytest
from django.utils import timezone

from courses.kinds import KINDS
from courses.quizzes import attempts
from lms.demo import history
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("sure", "wholly_right"), [(1, True), (-1, False)])
def test_invented_answers_fit_every_kind(sure, wholly_right):
    quiz = make.make_quiz(questions=[getattr(make, kind)() for kind in KINDS], review="test")
    enrolment = make.make_enrolment(course=quiz.get_parent().specific.course)
    who = {"person": enrolment.person, "at": timezone.now()}
    attempt = attempts.start(quiz.translation_key, enrolment=enrolment, actor=None, **who)

    history.answer(attempt, sure=sure, rng=random.Random(4), **who)
    attempts.submit(attempt.uuid, actor=None, **who)

    items = attempt.latest_marking().details["items"]
    assert [item["answered"] for item in items] == [True] * len(KINDS)
    assert [item["fraction"] == 1 for item in items] == [wholly_right] * len(KINDS)
