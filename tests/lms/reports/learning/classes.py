"""Courses with a pre-test and a final test on objectives, and classes that take both."""

from datetime import timedelta

from django.utils import timezone

from courses.choices import Purpose
from courses.quizzes import attempts
from tests.answering import event, right_answer, wrong_answer
from tests.factories import (
    make_agency,
    make_course_page,
    make_enrolment,
    make_module,
    make_person,
    make_quiz,
    set_outline,
    single,
)

SIGNS, LAW, RIGHTS, CARE = "Recognise signs", "Know the law", "Name the rights", "Look after yourself"


def make_tested_course(before=(SIGNS, SIGNS, LAW, RIGHTS), after=(SIGNS, SIGNS, LAW, LAW, CARE)):
    """A course page with `.pretest` and `.final`, each with a question for each objective given."""
    page = make_course_page()
    pretest = make_quiz(
        page, [single(objective=text) for text in before], purpose=Purpose.PRETEST, review="test"
    )
    final = make_quiz(page, [single(objective=text) for text in after], purpose=Purpose.FINAL, review="test")
    page = set_outline(page, [make_module(pretest, final)])
    page.pretest, page.final = pretest, final
    return page


def sit(quiz, person, enrolment, right, *, at):
    """Hand in a test with the first `right` of its questions right. Returns the attempt."""
    attempt = attempts.start(quiz.translation_key, person=person, enrolment=enrolment, actor=None, at=at)
    items = attempt.items.select_related("attempt", "question_edition__question").order_by("n")
    events = [
        event(item, right_answer(item) if n < right else wrong_answer(item)) for n, item in enumerate(items)
    ]
    attempts.record_answers(events, person=person, at=at)
    attempts.submit(attempt.uuid, person=person, actor=None, at=at)
    return attempt


def sit_both(page, before, after, *, person=None, at=None):
    """Somebody with both tests, so many right in each. Returns the enrolment."""
    at, person = at or timezone.now() - timedelta(days=1), person or make_person()
    enrolment = make_enrolment(person, page.course, at=at - timedelta(hours=3))
    sit(page.pretest, person, enrolment, before, at=at - timedelta(hours=2))
    sit(page.final, person, enrolment, after, at=at)
    return enrolment


def make_class(page, scores, **kwargs):
    """One person of an agency for each (before, after). Returns the people."""
    agency = kwargs.pop("agency", None) or make_agency()
    people = [make_person(agency=agency) for _score in scores]
    for person, (before, after) in zip(people, scores, strict=True):
        sit_both(page, before, after, person=person, **kwargs)
    return people
