"""A test that opens and closes on a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from courses.quizzes import attempts, refusals
from courses.quizzes.checking import quiz_problems
from courses.quizzes.models import QuizEdition
from courses.quizzes.publishing import publish_edition
from tests.factories import make_course_page, make_enrolment, make_module, make_quiz, publish, set_outline

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def start(quiz, enrolment, at):
    return attempts.start(quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=at)


def make(opens_at=None, closes_at=None):
    page = make_course_page()
    quiz = make_quiz(page, title="Dated", opens_at=opens_at, closes_at=closes_at)
    set_outline(page, [make_module(quiz)])
    return quiz


def test_it_is_started_between_the_two_and_finished_later():
    quiz = make(NOON, NOON + HOUR)
    enrolment = make_enrolment(course=quiz.get_parent().specific.course, at=NOON)

    with pytest.raises(refusals.NotYetOpen) as early:
        start(quiz, enrolment, NOON - HOUR)
    attempt = start(quiz, enrolment, NOON)
    again = start(quiz, enrolment, NOON + 2 * HOUR)
    attempts.submit(attempt.uuid, person=enrolment.person, actor=None, at=NOON + 2 * HOUR)
    with pytest.raises(refusals.NoLongerOpen):
        start(quiz, enrolment, NOON + HOUR)

    assert str(early.value) == "This test opens on 1 May 2026, 08:00 AST."
    assert again == attempt


def test_without_dates_the_edition_reads_as_before():
    quiz = make()
    edition = QuizEdition.objects.get(quiz_key=quiz.translation_key)

    assert {"opens_at", "closes_at"}.isdisjoint(edition.policy)
    assert publish_edition(quiz, actor=None, at=NOON) == edition


def test_a_new_date_makes_a_new_edition():
    quiz = make(NOON)
    quiz.opens_at = NOON + HOUR
    publish(quiz)

    policies = QuizEdition.objects.filter(quiz_key=quiz.translation_key).order_by("n")
    assert [edition.policy["opens_at"] for edition in policies] == [
        "2026-05-01T12:00:00+00:00",
        "2026-05-01T13:00:00+00:00",
    ]


def test_it_cannot_close_before_it_opens():
    quiz = make(NOON, NOON + HOUR)
    quiz.closes_at = NOON

    assert quiz_problems(quiz) == ["It closes before it opens. Change one of the two dates."]


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (HOUR, None, "This test opens on"),
        (None, -HOUR, "This test closed on"),
        (None, HOUR, "It can be started until"),
    ],
)
def test_the_page_before_says_so(client_of, constable, opens, closes, said):
    now = timezone.now()
    quiz = make(opens and now + opens, closes and now + closes)
    make_enrolment(constable.person, quiz.get_parent().specific.course)

    page = client_of(constable).get(f"/quizzes/{quiz.translation_key}/start/").content.decode()

    assert said in page
    assert (">Start</button>" in page) == (said == "It can be started until")


def test_whoever_began_goes_on_after_it_closed(client_of, constable):
    now = timezone.now()
    quiz = make(None, now - HOUR)
    enrolment = make_enrolment(constable.person, quiz.get_parent().specific.course)
    start(quiz, enrolment, now - 2 * HOUR)

    page = client_of(constable).get(f"/quizzes/{quiz.translation_key}/start/").content.decode()

    assert ">Go on</button>" in page
