"""A test with a time limit, by its verbs and by the server's clock."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import AttemptState, GrantKind
from courses.quizzes import attempts, exceptions, refusals
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.checking import quiz_problems
from courses.quizzes.closing import close_overdue_attempts
from courses.quizzes.limits import GRACE
from courses.quizzes.models import AnswerEvent, Attempt, Marking, QuizEdition
from courses.quizzes.publishing import publish_edition
from courses.quizzes.results import standings
from courses.signals import attempt_submitted
from tests.answering import event, right_options
from tests.courses.quizzes.pages import items_of
from tests.factories import make_course_page, make_enrolment, make_module, make_quiz, publish, set_outline

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = NOON + 30 * MINUTE


@pytest.fixture
def quiz(db):
    """Half an hour for two questions, and an hour between two attempts."""
    page = make_course_page()
    quiz = make_quiz(page, review="test", time_limit_minutes=30, attempts_allowed=2, wait_minutes=60)
    set_outline(page, [make_module(quiz)])
    return quiz


@pytest.fixture
def enrolment(quiz, constable):
    return make_enrolment(constable.person, quiz.get_parent().specific.course, NOON)


@pytest.fixture
def attempt(quiz, enrolment):
    return start(quiz, enrolment, NOON)


def start(quiz, enrolment, at):
    return attempts.start(quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=at)


def answer(attempt, n, at, **kwargs):
    """Answer question `n` rightly. (status, reason)"""
    item = items_of(attempt)[n - 1]
    sent = event(item, {"chosen": right_options(item)}, **kwargs)
    (outcome,) = attempts.record_answers([sent], person=attempt.person, at=at)
    return outcome.status, outcome.reason


def submit(attempt, at):
    return attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=at)


def give_time(quiz, enrolment, actor, at, **measure):
    return exceptions.give_time(
        enrolment, quiz.translation_key, reason="Agreed beforehand", actor=actor, at=at, **measure
    )


def standing_of(quiz, enrolment):
    return standings(enrolment, [quiz.translation_key])[quiz.translation_key]


# --- The rule ---------------------------------------------------------------------------


def test_without_a_limit_the_edition_reads_as_before_and_nothing_ends():
    quiz = make_quiz()
    edition = QuizEdition.objects.get(quiz_key=quiz.translation_key)
    attempt = start(quiz, make_enrolment(course=quiz.get_parent().specific.course), NOON)

    assert "time_limit_minutes" not in edition.policy
    assert publish_edition(quiz, actor=None, at=NOON) == edition
    assert attempt.deadline is None
    assert close_overdue_attempts(at=NOON + timedelta(days=999)) == (0, 0)
    assert answer(attempt, 1, NOON + timedelta(days=999)) == ("accepted", "")


def test_a_limit_is_noted_but_stops_nothing(quiz):
    assert quiz_problems(quiz) == []
    (note,) = quiz.notes()
    assert "lose by a clock" in note
    assert make_quiz().notes() == []


@pytest.mark.parametrize("minutes", [0, 601])
def test_a_limit_is_one_minute_to_ten_hours(quiz, minutes):
    quiz.time_limit_minutes = minutes
    with pytest.raises(ValidationError, match="time_limit_minutes"):
        quiz.full_clean()


def test_a_new_limit_is_for_those_who_start_after_it(quiz, enrolment, attempt):
    quiz.time_limit_minutes = 5
    publish(quiz)

    assert attempt.deadline == Attempt.objects.get().deadline == END
    assert answer(attempt, 1, END) == ("accepted", "")
    entry = AuditEntry.objects.get(verb="attempt.started")
    assert entry.facts["deadline"] == "2026-05-01T12:30:00+00:00"


# --- Answers at the end -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (END - SECOND, ("accepted", "")),
        (END, ("accepted", "")),
        (END + GRACE, ("accepted", "")),
        (END + GRACE + SECOND, ("late", "time_over")),
        (END + timedelta(days=1), ("late", "time_over")),
    ],
)
def test_an_answer_is_in_time_if_it_arrived_by_then_or_was_on_its_way(attempt, at, expected):
    assert answer(attempt, 1, at) == expected
    # Kept whenever it comes; counted only if it was in time.
    assert AnswerEvent.objects.count() == 1
    assert AnswerEvent.objects.counting().exists() == (expected[0] == "accepted")


@pytest.mark.parametrize("offset", [0, -24 * 3600 * 1000, 24 * 3600 * 1000])
def test_no_clock_of_a_device_makes_a_late_answer_timely(attempt, offset):
    claimed = {"client_at": (NOON + MINUTE).isoformat(), "offset": offset, "device": "phone", "device_seq": 1}
    assert answer(attempt, 1, END + GRACE + SECOND, **claimed) == ("late", "time_over")
    assert answer(attempt, 1, END, **{**claimed, "device_seq": 2}) == ("accepted", "")
    assert submit(attempt, END).score == 50


def test_what_was_said_to_be_saved_stays_saved(attempt):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    for at, status in [(END, "accepted"), (END + timedelta(days=1), "duplicate")]:
        (outcome,) = attempts.record_answers([sent], person=attempt.person, at=at)
        assert outcome.status == status
    assert submit(attempt, END + timedelta(days=1)).score == 50


# --- The end ----------------------------------------------------------------------------


@pytest.mark.parametrize("at", [END - SECOND, END])
def test_in_time_nothing_ends_by_itself(attempt, at):
    assert attempts.time_out(attempt.uuid, at=at) is False
    submit(attempt, at - SECOND)
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.ran_out_of_time) == (at - SECOND, False)


def test_when_the_time_is_over_it_is_handed_in_with_what_was_saved(quiz, enrolment, attempt):
    heard = []

    def hear(sender, attempt, at, **kwargs):
        heard.append((attempt.pk, attempt.state, attempt.latest_marking().score))

    answer(attempt, 1, NOON)
    attempt_submitted.connect(hear)
    try:
        done = [attempts.time_out(attempt.uuid, at=END + day * timedelta(days=1)) for day in (1, 2)]
    finally:
        attempt_submitted.disconnect(hear)
    attempt.refresh_from_db()
    entry = AuditEntry.objects.get(verb="attempt.submitted")

    assert done == [True, False]
    assert heard == [(attempt.pk, AttemptState.SUBMITTED, 50)]
    assert (attempt.submitted_at, attempt.ran_out_of_time) == (END, True)
    assert (entry.at, entry.actor_name, entry.facts["time_over"]) == (END + timedelta(days=1), "system", True)
    assert answer(attempt, 2, END) == ("late", "time_over")
    assert attempt.latest_marking().score == 50
    # Whenever it was found: the wait runs from the end of the time.
    assert standing_of(quiz, enrolment).next_at == END + 60 * MINUTE


@pytest.mark.parametrize("after", [SECOND, timedelta(days=3)])
def test_handing_in_too_late_hands_in_what_was_saved(attempt, after):
    answer(attempt, 2, END)
    assert submit(attempt, END + after) == submit(attempt, END + 2 * after)
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.ran_out_of_time) == (END, True)
    assert Marking.objects.get().score == 50


def test_the_command_hands_in_what_is_overdue_once_and_nothing_else(quiz, enrolment):
    now = timezone.now()
    others = [make_enrolment(course=enrolment.course, at=NOON) for _n in range(3)]
    forgotten, waiting, running = [
        start(quiz, other, now - 30 * MINUTE - since)
        for other, since in zip(others, [2 * GRACE, GRACE / 2, -MINUTE], strict=True)
    ]
    out = StringIO()

    call_command("close_overdue_attempts", stdout=out)
    call_command("close_overdue_attempts", stdout=out)

    assert out.getvalue() == "1 handed in.\n"
    assert list(Attempt.objects.filter(state=AttemptState.OPEN).order_by("pk")) == [waiting, running]
    assert Marking.objects.get().attempt == forgotten


def test_one_that_fails_stops_no_other(quiz, enrolment):
    others = [make_enrolment(course=enrolment.course, at=NOON) for _n in range(3)]
    broken = [start(quiz, other, NOON) for other in others][1]

    def fail(sender, attempt, **kwargs):
        if attempt == broken:
            raise RuntimeError

    attempt_submitted.connect(fail)
    try:
        assert close_overdue_attempts(at=END + timedelta(days=1)) == (2, 1)
    finally:
        attempt_submitted.disconnect(fail)
    assert Attempt.objects.get(state=AttemptState.OPEN) == broken
    assert close_overdue_attempts(at=END + timedelta(days=1)) == (1, 0)


# --- Extra time -------------------------------------------------------------------------


def test_extra_time_given_before_is_in_every_attempt_after_it(quiz, enrolment, focal_point):
    row = give_time(quiz, enrolment, focal_point, NOON, per_cent=50)
    first = start(quiz, enrolment, NOON)
    submit(first, NOON)
    second = start(quiz, enrolment, END + 60 * MINUTE)
    other = start(quiz, make_enrolment(course=enrolment.course, at=NOON), NOON)

    entry = AuditEntry.objects.get(verb="attempt granted")
    had = [each.deadline - each.started_at for each in (first, second, other)]
    assert had == [45 * MINUTE, 45 * MINUTE, 30 * MINUTE]
    assert (row.actor, row.reason, row.at) == ("Francine Focal", "Agreed beforehand", NOON)
    assert entry.facts == {
        "quiz": str(quiz.translation_key),
        "kind": "more_time",
        "per_cent": 50,
        "reason": "Agreed beforehand",
    }


def test_extra_time_moves_the_deadline_of_the_attempt_in_progress(quiz, enrolment, attempt, focal_point):
    give_time(quiz, enrolment, focal_point, END - SECOND, minutes=10)
    attempt.refresh_from_db()

    assert attempt.deadline == END + 10 * MINUTE
    assert answer(attempt, 1, END + 10 * MINUTE) == ("accepted", "")
    assert attempts.time_out(attempt.uuid, at=END + 5 * MINUTE) is False
    entry = AuditEntry.objects.get(verb="attempt.deadline moved")
    assert (entry.object_id, entry.actor_id) == (str(attempt.pk), focal_point.pk)
    assert entry.facts == {
        "was": "2026-05-01T12:30:00+00:00",
        "deadline": "2026-05-01T12:40:00+00:00",
        "reason": "Agreed beforehand",
    }


def test_it_is_so_much_in_all_and_never_less(quiz, enrolment, attempt, focal_point):
    give_time(quiz, enrolment, focal_point, NOON, minutes=10)
    for less in ({"minutes": 10}, {"per_cent": 25}):
        with pytest.raises(exceptions.ExceptionRefused):
            give_time(quiz, enrolment, focal_point, NOON, **less)
    give_time(quiz, enrolment, focal_point, NOON, per_cent=50)

    assert Attempt.objects.get().deadline == END + 15 * MINUTE
    assert AttemptGrant.objects.count() == 2


def test_a_time_that_has_ended_stays_ended(quiz, enrolment, attempt, focal_point):
    give_time(quiz, enrolment, focal_point, END + SECOND, minutes=10)

    assert Attempt.objects.get().deadline == END
    assert attempts.time_out(attempt.uuid, at=END + SECOND) is True
    assert start(quiz, enrolment, END + 60 * MINUTE).deadline == END + 100 * MINUTE


def test_nobody_gives_it_to_themselves_and_a_test_without_limit_needs_none(quiz, enrolment, focal_point):
    own = make_enrolment(focal_point.person, enrolment.course, NOON)
    free = make_quiz(quiz.get_parent().specific)
    start(quiz, own, NOON)

    for test, whose in [(quiz, own), (free, enrolment)]:
        with pytest.raises(exceptions.ExceptionRefused):
            give_time(test, whose, focal_point, NOON, minutes=10)
    with pytest.raises(exceptions.ExceptionRefused):
        exceptions.grant(
            enrolment, quiz.translation_key, GrantKind.MORE_TIME, reason="-", actor=focal_point, at=NOON
        )
    assert not AttemptGrant.objects.exists()


def test_who_may_not_take_it_again_needs_none(quiz, enrolment, focal_point):
    for at in (NOON, NOON + 61 * MINUTE):
        submit(start(quiz, enrolment, at), at)

    with pytest.raises(exceptions.ExceptionRefused):
        give_time(quiz, enrolment, focal_point, END + 90 * MINUTE, minutes=10)


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        (GrantKind.MORE_TIME, {}),
        (GrantKind.MORE_TIME, {"minutes": 1, "per_cent": 1}),
        (GrantKind.MORE_TIME, {"minutes": 0}),
        (GrantKind.ATTEMPT, {"minutes": 1}),
    ],
)
def test_the_database_refuses_another_measure(quiz, enrolment, kind, measure):
    with pytest.raises(IntegrityError), transaction.atomic():
        AttemptGrant.objects.create(
            enrolment=enrolment, quiz_key=quiz.translation_key, kind=kind, reason="-", at=NOON, **measure
        )


def test_a_refused_start_leaves_the_attempt_whose_time_is_over(quiz, enrolment, attempt):
    assert start(quiz, enrolment, END + 90 * MINUTE) == attempt
    attempts.time_out(attempt.uuid, at=END + 90 * MINUTE)
    submit(start(quiz, enrolment, END + 90 * MINUTE), END + 90 * MINUTE)
    with pytest.raises(refusals.NoAttemptsLeft):
        start(quiz, enrolment, END + 990 * MINUTE)
