"""Exceptions at a test: granted by somebody who may, with a reason, and never for oneself."""

from django.db import transaction

from courses.audit import log
from courses.choices import AttemptState, GrantKind
from courses.enrolment.models import Enrolment
from courses.people.roles import is_oneself
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.attempts import submit
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
    attempt = _open_attempt(uuid, actor)
    attempt.state = AttemptState.VOID
    attempt.save(update_fields=["state"])
    log.record("attempt.void", attempt, actor=actor, at=at, quiz=str(attempt.quiz_key), reason=reason)
    return attempt


@transaction.atomic
def hand_in(uuid, *, reason, actor, at):
    """Hand in an open attempt for its person, as it stands. Returns the Marking. Raises ExceptionRefused."""
    attempt = _open_attempt(uuid, actor)
    log.record("attempt.handed in for", attempt, actor=actor, at=at, quiz=str(attempt.quiz_key), reason=reason)
    return submit(attempt.uuid, person=attempt.person, actor=actor, at=at)
