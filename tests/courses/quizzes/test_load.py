"""Many people at once: no answer fails, none is lost, none is doubled.

The benchmark saves 5,000 answers (ANSWERS=5000); the test suite fewer, for time.
"""

import os
import uuid
from collections import Counter

import pytest
from django.utils import timezone

from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from courses.signals import attempt_submitted
from tests.answering import right_options
from tests.at_once import at_once
from tests.factories import make_course_page, make_enrolment, make_quiz, single

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 16
ANSWERS = int(os.environ.get("ANSWERS", "480"))
QUESTIONS = 10


@pytest.fixture
def quiz():
    return make_quiz(make_course_page(), questions=[single() for _n in range(QUESTIONS)], review="test")


def begin(quiz, enrolment):
    return attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )


def events_of(attempt, rounds):
    items = list(attempt.items.select_related("question_edition__question"))
    return [
        {
            "uuid": str(uuid.uuid4()),
            "attempt": str(attempt.uuid),
            "n": item.n,
            "payload": {"chosen": [item.option_order[turn % 3]]}
            if turn < rounds - 1
            else {"chosen": right_options(item)},
        }
        for turn in range(rounds)
        for item in items
    ]


def test_sixteen_people_save_answers_at_once(quiz):
    rounds = max(1, ANSWERS // CLIENTS // QUESTIONS)
    enrolments = [make_enrolment(course=quiz.get_parent().specific.course) for _n in range(CLIENTS)]
    taken = [begin(quiz, enrolment) for enrolment in enrolments]
    sent = [events_of(attempt, rounds) for attempt in taken]

    def save(n):
        statuses = Counter()
        for place, event in enumerate(sent[n]):
            posts = [event, event] if place % 7 == 0 else [event]  # now and then a double click
            for post in posts:
                (outcome,) = attempts.record_answers([post], person=taken[n].person, at=timezone.now())
                statuses[outcome.status] += 1
        return statuses

    total = sum(at_once(save, CLIENTS), Counter())
    expected = CLIENTS * rounds * QUESTIONS
    assert total["accepted"] == expected
    assert set(total) == {"accepted", "duplicate"}
    kept = AnswerEvent.objects.values_list("uuid", flat=True)
    assert sorted(map(str, kept)) == sorted(event["uuid"] for events in sent for event in events)
    for attempt in taken:
        marking = attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=timezone.now())
        assert marking.score == 100


def test_two_tabs_of_one_person_save_at_once(quiz):
    attempt = begin(quiz, make_enrolment(course=quiz.get_parent().specific.course))
    events = events_of(attempt, 1)

    def save(n):
        return attempts.record_answers(events, person=attempt.person, at=timezone.now())

    statuses = Counter(outcome.status for outcomes in at_once(save, 8) for outcome in outcomes)
    assert statuses == {"accepted": QUESTIONS, "duplicate": 7 * QUESTIONS}
    assert AnswerEvent.objects.count() == QUESTIONS


def test_starting_at_once_opens_one_attempt(quiz):
    enrolment = make_enrolment(course=quiz.get_parent().specific.course)
    started = at_once(lambda n: begin(quiz, enrolment).pk, CLIENTS)
    assert len(set(started)) == 1
    assert Attempt.objects.count() == 1


def test_handing_in_at_once_marks_and_tells_once(quiz):
    attempt = begin(quiz, make_enrolment(course=quiz.get_parent().specific.course))
    heard = []

    def hear(sender, **kwargs):
        heard.append(1)

    attempt_submitted.connect(hear)
    try:
        marked = at_once(
            lambda n: attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=timezone.now()).pk, 32
        )
    finally:
        attempt_submitted.disconnect(hear)
    assert len(set(marked)) == len(heard) == Marking.objects.count() == 1


def test_answers_while_handing_in_are_kept_or_late_never_lost(quiz):
    attempt = begin(quiz, make_enrolment(course=quiz.get_parent().specific.course))
    events = events_of(attempt, 1)

    def work(n):
        if n == 5:
            attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=timezone.now())
            return None
        (outcome,) = attempts.record_answers([events[n % 10]], person=attempt.person, at=timezone.now())
        return outcome.status

    statuses = Counter(filter(None, at_once(work, 10)))
    assert set(statuses) <= {"accepted", "late"}
    assert statuses.total() == AnswerEvent.objects.count() == 9
    counting = AnswerEvent.objects.counting().count()
    assert statuses["accepted"] == counting
    assert attempt.latest_marking().details["points"] == counting
