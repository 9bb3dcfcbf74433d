"""Exceptions at a test, by their verbs."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import AttemptState, GrantKind, Purpose
from courses.quizzes import attempts, exceptions, refusals
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from courses.quizzes.results import NOT_STARTED, standings
from tests.answering import event, right_options, take
from tests.factories import make_enrolment, make_quiz, publish

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def quiz(db):
    """Two attempts, an hour between them."""
    return make_quiz(review="test", attempts_allowed=2, wait_minutes=60)


@pytest.fixture
def enrolment(quiz, constable):
    return make_enrolment(constable.person, quiz.get_parent().specific.course, NOON)


def fail(quiz, enrolment, at):
    return take(quiz, enrolment.person, enrolment, at=at, right=False)


def start(quiz, enrolment, at):
    return attempts.start(quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=at)


def grant(quiz, enrolment, kind, actor, at):
    return exceptions.grant(
        enrolment, quiz.translation_key, kind, reason="The power failed", actor=actor, at=at
    )


def standing_of(quiz, enrolment):
    return standings(enrolment, [quiz.translation_key])[quiz.translation_key]


# --- One more attempt -------------------------------------------------------------------


@pytest.fixture
def used_up(quiz, enrolment):
    fail(quiz, enrolment, NOON)
    fail(quiz, enrolment, NOON + HOUR)


def test_one_more_attempt_opens_exactly_one(quiz, enrolment, used_up, focal_point):
    with pytest.raises(refusals.NoAttemptsLeft):
        start(quiz, enrolment, NOON + 5 * HOUR)

    grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON + 5 * HOUR)
    before = standing_of(quiz, enrolment)
    fail(quiz, enrolment, NOON + 5 * HOUR)

    assert (before.attempts_left, before.is_closed, before.next_at) == (1, False, NOON + 2 * HOUR)
    assert standing_of(quiz, enrolment).is_closed
    with pytest.raises(refusals.NoAttemptsLeft):
        start(quiz, enrolment, NOON + 9 * HOUR)


def test_it_is_kept_with_its_reason(quiz, enrolment, used_up, focal_point):
    row = grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON + 5 * HOUR)

    entry = AuditEntry.objects.get(verb="attempt granted")
    assert (entry.actor_id, entry.facts["reason"], entry.facts["kind"]) == (
        focal_point.pk,
        "The power failed",
        "attempt",
    )
    assert (row.reason, row.actor) == ("The power failed", "Francine Focal")
    with pytest.raises(AppendOnlyError):
        row.delete()


def test_two_clicks_grant_one(quiz, enrolment, used_up, focal_point):
    grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON + 5 * HOUR)

    with pytest.raises(exceptions.ExceptionRefused):
        grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON + 5 * HOUR)
    assert AttemptGrant.objects.count() == 1


def test_attempts_cannot_be_saved_up(quiz, enrolment, focal_point):
    with pytest.raises(exceptions.ExceptionRefused):
        grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON)


def test_nobody_grants_it_to_themselves(quiz, focal_point):
    enrolment = make_enrolment(focal_point.person, quiz.get_parent().specific.course, NOON)
    fail(quiz, enrolment, NOON)
    fail(quiz, enrolment, NOON + HOUR)

    with pytest.raises(exceptions.ExceptionRefused):
        grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON + 5 * HOUR)


def test_a_final_test_that_is_passed_needs_none(constable, focal_point):
    quiz = make_quiz(purpose=Purpose.FINAL, review="test", attempts_allowed=1)
    enrolment = make_enrolment(constable.person, quiz.get_parent().specific.course, NOON)
    take(quiz, enrolment.person, enrolment, at=NOON)

    with pytest.raises(exceptions.ExceptionRefused):
        grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON)


def test_a_new_cycle_begins_without_it(quiz, enrolment, used_up, focal_point):
    grant(quiz, enrolment, GrantKind.ATTEMPT, focal_point, NOON + 5 * HOUR)
    enrolment.ended_at = NOON
    enrolment.save()

    again = make_enrolment(enrolment.person, enrolment.course, NOON + 5 * HOUR)

    fail(quiz, again, NOON + 6 * HOUR)
    assert standing_of(quiz, again).attempts_left == 1


# --- No waiting -------------------------------------------------------------------------


def test_somebody_is_let_off_waiting_once(quiz, enrolment, focal_point):
    publish_without_limit(quiz)
    fail(quiz, enrolment, NOON)
    with pytest.raises(refusals.MustWait):
        start(quiz, enrolment, NOON + HOUR / 4)

    grant(quiz, enrolment, GrantKind.NO_WAIT, focal_point, NOON + HOUR / 4)
    fail(quiz, enrolment, NOON + HOUR / 4)

    with pytest.raises(refusals.MustWait):
        start(quiz, enrolment, NOON + HOUR / 2)


def test_who_does_not_wait_needs_no_leave(quiz, enrolment, focal_point):
    fail(quiz, enrolment, NOON)

    with pytest.raises(exceptions.ExceptionRefused):
        grant(quiz, enrolment, GrantKind.NO_WAIT, focal_point, NOON + HOUR)


def publish_without_limit(quiz):
    quiz.attempts_allowed = 0
    publish(quiz)


# --- A stuck attempt --------------------------------------------------------------------


@pytest.fixture
def stuck(quiz, enrolment):
    """Open, with one of two questions answered."""
    attempt = start(quiz, enrolment, NOON)
    item = attempt.items.select_related("attempt", "question_edition__question").first()
    attempts.record_answers([event(item, {"chosen": right_options(item)})], person=enrolment.person, at=NOON)
    return attempt


def test_voided_it_counts_for_nothing_and_its_answers_stay(quiz, enrolment, stuck, focal_point):
    exceptions.void(stuck.uuid, reason="The computer broke", actor=focal_point, at=NOON)

    standing = standing_of(quiz, enrolment)
    assert Attempt.objects.get(pk=stuck.pk).state == AttemptState.VOID
    assert (standing.state, standing.attempts_used, standing.attempts_left) == (NOT_STARTED, 0, 2)
    assert (AnswerEvent.objects.count(), Marking.objects.count()) == (1, 0)
    assert AuditEntry.objects.get(verb="attempt.void").facts["reason"] == "The computer broke"
    assert start(quiz, enrolment, NOON) != stuck


def test_a_void_attempt_takes_no_answer_and_cannot_be_handed_in(enrolment, stuck, focal_point):
    exceptions.void(stuck.uuid, reason="Stuck", actor=focal_point, at=NOON)
    item = stuck.items.select_related("attempt", "question_edition__question").last()

    (outcome,) = attempts.record_answers(
        [event(item, {"chosen": right_options(item)})], person=enrolment.person, at=NOON
    )

    assert (outcome.status, outcome.reason) == ("refused", "closed")
    with pytest.raises(Attempt.DoesNotExist):
        attempts.submit(stuck.uuid, person=enrolment.person, actor=None, at=NOON)


def test_handed_in_it_is_marked_as_it_stands(quiz, enrolment, stuck, focal_point):
    marking = exceptions.hand_in(stuck.uuid, reason="On leave", actor=focal_point, at=NOON)

    assert (marking.score, marking.actor) == (50, "Francine Focal")
    assert standing_of(quiz, enrolment).attempts_used == 1
    assert AuditEntry.objects.get(verb="attempt.handed in for").facts["reason"] == "On leave"


@pytest.mark.parametrize("deed", [exceptions.void, exceptions.hand_in])
def test_what_is_over_or_ones_own_cannot_be_ended(deed, enrolment, stuck, constable, focal_point):
    with pytest.raises(exceptions.ExceptionRefused):
        deed(stuck.uuid, reason="Mine", actor=constable, at=NOON)

    attempts.submit(stuck.uuid, person=enrolment.person, actor=None, at=NOON)
    with pytest.raises(exceptions.ExceptionRefused):
        deed(stuck.uuid, reason="Late", actor=focal_point, at=NOON)
    assert Marking.objects.count() == 1
