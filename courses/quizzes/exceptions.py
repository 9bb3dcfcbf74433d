"""Exceptions at a test: granted by somebody who may, with a reason, and never for oneself."""

from django.db import transaction

from courses.audit import log
from courses.choices import AttemptState, GrantKind
from courses.enrolment.models import Enrolment
from courses.people.roles import is_oneself
from courses.quizzes import limits
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.attempts import make_void, submit
from courses.quizzes.models import Attempt
from courses.quizzes.results import standings


class ExceptionRefused(Exception):
    """Nothing changed: it is not needed (any more), or it is one's own."""


def grants_needed(standing, *, at):
    """Which kinds of grant would change something now for this QuizStanding. Asks the database."""
    if standing.open_uuid or not standing.submitted:
        return []
    if standing.attempts_left == 0:
        return [] if standing.is_passed_final else [GrantKind.ATTEMPT]
    until = standing.next_at
    return [GrantKind.NO_WAIT] if until is not None and until > at else []


@transaction.atomic
def grant(enrolment, quiz_key, kind, *, reason, actor, at):
    """One more attempt where all are used up, or no waiting where somebody waits.

    Twice is once: the second is not needed. Raises ExceptionRefused.
    """
    # Every start of this enrolment queues here too.
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("person").get(pk=enrolment.pk)
    standing = standings(enrolment, [quiz_key])[quiz_key]
    refused = not enrolment.may_study or is_oneself(actor, enrolment.person)
    if refused or GrantKind(kind) not in grants_needed(standing, at=at):
        raise ExceptionRefused
    granted = AttemptGrant.objects.create(
        enrolment=enrolment, quiz_key=quiz_key, kind=kind, reason=reason, actor=str(actor or log.SYSTEM), at=at
    )
    facts = {"quiz": str(quiz_key), "kind": GrantKind(kind).value, "reason": reason}
    log.record("attempt granted", enrolment, actor=actor, at=at, **facts)
    return granted


def time_needed(standing, *, at):
    """Whether extra time would change something now for this QuizStanding. Asks the database."""
    return standing.is_running(at) or bool(standing.minutes and not standing.is_closed)


@transaction.atomic
def give_time(enrolment, quiz_key, *, per_cent=None, minutes=None, reason, actor, at):
    """Extra time in one of two measures, so much in all: for every attempt to come, and for the one in
    progress, whose deadline moves. A time that has ended stays ended.

    Not more than there is already: refused. Raises ExceptionRefused.
    """
    mine = Attempt.objects.filter(enrolment=enrolment, quiz_key=quiz_key, state=AttemptState.OPEN)
    # First the attempt, then the enrolment, as handing in does: nobody waits for each other.
    running = mine.select_for_update(of=("self",)).select_related("quiz_edition").first()
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("person").get(pk=enrolment.pk)
    standing = standings(enrolment, [quiz_key])[quiz_key]
    begun_meanwhile = standing.open_uuid != (running and running.uuid)
    refused = not enrolment.may_study or is_oneself(actor, enrolment.person) or begun_meanwhile
    if refused or not time_needed(standing, at=at):
        raise ExceptionRefused
    given = [(per_cent, minutes)]
    later = _later_deadline(running, given, at)
    more = standing.minutes and limits.extra_minutes(standing.minutes, given) > standing.extra_minutes
    if not (later or more):
        raise ExceptionRefused
    measure = {"per_cent": per_cent} if minutes is None else {"minutes": minutes}
    granted = AttemptGrant.objects.create(
        enrolment=enrolment,
        quiz_key=quiz_key,
        kind=GrantKind.MORE_TIME,
        reason=reason,
        actor=str(actor or log.SYSTEM),
        at=at,
        **measure,
    )
    facts = {"quiz": str(quiz_key), "kind": GrantKind.MORE_TIME.value, "reason": reason, **measure}
    log.record("attempt granted", enrolment, actor=actor, at=at, **facts)
    if later:
        was, running.deadline = running.deadline, later
        running.save(update_fields=["deadline"])
        moments = {"was": was.isoformat(), "deadline": later.isoformat()}
        log.record("attempt.deadline moved", running, actor=actor, at=at, reason=reason, **moments)
    return granted


def _later_deadline(attempt, extra, at):
    """The deadline of this attempt with this extra time, where that is later; else None."""
    if attempt is None or attempt.deadline is None or attempt.is_over(at):
        return None
    deadline = limits.deadline(attempt.quiz_edition.policy, attempt.started_at, extra)
    return deadline if deadline > attempt.deadline else None


def _open_attempt(uuid, actor):
    attempt = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("person", "quiz_edition")
        .filter(uuid=uuid, state=AttemptState.OPEN)
        .first()
    )
    if attempt is None or is_oneself(actor, attempt.person):
        raise ExceptionRefused
    return attempt


@transaction.atomic
def void(uuid, *, reason, actor, at):
    """End an open attempt as if it had not been: it is not marked and uses up nothing.

    What was asked and answered stays on record. Raises ExceptionRefused.
    """
    return make_void(_open_attempt(uuid, actor), reason=reason, actor=actor, at=at)


@transaction.atomic
def hand_in(uuid, *, reason, actor, at):
    """Hand in an open attempt for its person, as it stands. Returns the Marking. Raises ExceptionRefused."""
    attempt = _open_attempt(uuid, actor)
    log.record("attempt.handed in for", attempt, actor=actor, at=at, quiz=str(attempt.quiz_key), reason=reason)
    return submit(attempt.uuid, person=attempt.person, actor=actor, at=at)
