"""What is decided about answers that came too late, and what follows from it."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from courses.quizzes import attempts, late
from courses.quizzes.models import AnswerEvent, LateDecision
from tests.answering import event, right_options, take, wrong_options
from tests.courses.quizzes.pages import items_of
from tests.factories import make_enrolment, make_small_course

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def course():
    return make_small_course()


@pytest.fixture
def enrolment(course, constable):
    return make_enrolment(constable.person, course.course, NOON)


@pytest.fixture
def attempt(course, enrolment):
    """The final test of two questions, handed in with one of them answered: 50 of 100, not passed."""
    attempt = attempts.start(
        course.final.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=NOON
    )
    first, _second = items_of(attempt)
    give(first, right_options(first), NOON + HOUR / 2)
    attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=NOON + HOUR)
    return attempt


def give(item, chosen, at, **kwargs):
    sent = event(item, {"chosen": chosen}, **kwargs)
    (outcome,) = attempts.record_answers([sent], person=item.attempt.person, at=at)
    return outcome.status


def decide(attempt, accepted, actor, events=None, at=NOON + 3 * HOUR):
    chosen = [one.uuid for one in late.undecided_of(attempt)] if events is None else events
    return late.decide(attempt.uuid, chosen, accepted=accepted, reason="Power cut", actor=actor, at=at)


@pytest.fixture
def came_late(attempt):
    second = items_of(attempt)[1]
    assert give(second, right_options(second), NOON + 2 * HOUR) == "late"
    return AnswerEvent.objects.get(item=second)


def test_accepted_it_is_marked_again_and_the_course_completed(
    course, enrolment, attempt, came_late, focal_point
):
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=NOON)
    take(course.check, enrolment.person, enrolment, at=NOON)
    assert not Completion.objects.exists()

    marking = decide(attempt, True, focal_point)

    assert (marking.n, marking.score, marking.passed, marking.actor) == (2, 100, True, str(focal_point))
    assert attempt.markings.get(n=1).score == 50
    assert Completion.objects.get().at == NOON + 3 * HOUR
    decision = LateDecision.objects.get()
    assert (decision.event, decision.accepted, decision.reason) == (came_late, True, "Power cut")
    facts = AuditEntry.objects.get(verb="attempt.late accepted").facts
    assert (facts["n"], facts["reason"]) == ([2], "Power cut")
    assert AuditEntry.objects.filter(verb="attempt.marked again").count() == 1
    assert late.told_of(attempt) == {
        "waiting": 0,
        "decisions": [{"accepted": True, "at": NOON + 3 * HOUR, "reason": "Power cut", "n": 1}],
    }


def test_left_it_stays_on_record_and_changes_nothing(attempt, came_late, focal_point):
    before = attempt.latest_marking()
    assert decide(attempt, False, focal_point) == before
    assert attempt.latest_marking() == before
    assert AnswerEvent.objects.filter(pk=came_late.pk).exists()
    assert late.undecided_of(attempt) == []
    assert late.attempts_with_late().get().waiting is None


def test_it_is_decided_once_and_never_about_ones_own(attempt, came_late, focal_point, constable):
    with pytest.raises(late.DecisionRefused):
        decide(attempt, True, constable)
    decide(attempt, False, focal_point)
    for events in ([came_late.uuid], []):
        with pytest.raises(late.DecisionRefused):
            decide(attempt, True, focal_point, events=events)
    assert LateDecision.objects.count() == 1


def test_a_test_that_was_passed_is_not_failed_by_what_came_late(course, enrolment, focal_point):
    take(course.final, enrolment.person, enrolment, at=NOON)
    passed = enrolment.attempts.get()
    item = items_of(passed)[0]
    assert give(item, wrong_options(item), NOON + HOUR) == "late"
    with pytest.raises(late.WouldFail):
        decide(passed, True, focal_point)
    assert not LateDecision.objects.exists()
    assert decide(passed, False, focal_point).score == 100


def test_what_a_later_answer_takes_the_place_of_waits_for_nobody(attempt):
    """Given on a telephone before the answer that counts, and received after the end."""
    first = items_of(attempt)[0]
    phone = {"device": "phone", "device_seq": 1, "client_at": NOON.isoformat(), "offset": -60_000}
    give(first, wrong_options(first), NOON + 2 * HOUR, **phone)
    assert AnswerEvent.objects.late().count() == 1
    assert late.undecided_of(attempt) == []


def test_of_two_that_came_late_one_may_count(attempt, came_late, focal_point):
    second = items_of(attempt)[1]
    assert give(second, wrong_options(second), NOON + 2.5 * HOUR) == "late"
    assert len(late.undecided_of(attempt)) == 2
    assert decide(attempt, True, focal_point, events=[came_late.uuid]).score == 100
    # The other one was given after it: whether it counts is still to be said, and it would fail the test.
    with pytest.raises(late.WouldFail):
        decide(attempt, True, focal_point)


def test_of_an_open_test_nothing_is_marked_before_it_is_handed_in(course, enrolment, focal_point):
    attempt = attempts.start(
        course.final.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=NOON
    )
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOON)
    for item in items_of(attempt):
        assert give(item, right_options(item), NOON + timedelta(days=15)) == "late"
    assert decide(attempt, True, focal_point) is None
    marking = attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=NOON + timedelta(days=16))
    assert (marking.n, marking.score) == (1, 100)


def test_a_void_attempt_waits_for_nobody(attempt, came_late, focal_point):
    attempts.make_void(attempt, reason="-", actor=focal_point, at=NOON)
    assert not late.attempts_with_late().exists()
    with pytest.raises(late.DecisionRefused):
        decide(attempt, True, focal_point, events=[came_late.uuid])
