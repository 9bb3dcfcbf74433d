"""Answers that came too late to count by themselves: what is decided about them, once and for good."""

from collections import Counter

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Subquery

from courses.audit import log
from courses.choices import AttemptState
from courses.people.roles import is_oneself
from courses.prepared import Blank, Prepared
from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, Attempt, LateDecision


class DecisionRefused(Exception):
    """Nothing changed: somebody decided before, or it is one's own."""


class WouldFail(DecisionRefused):
    """Nothing changed: a test that was passed would not be passed any more."""


def attempts_with_late():
    """Attempts with answers that came late; adds `waiting` and `came`, how many of them wait for a decision
    and how many came, and `came_at`, when the last one did."""
    theirs = AnswerEvent.objects.late().order_by().filter(item__attempt=OuterRef("pk"))
    waits = AnswerEvent.objects.undecided().order_by().filter(item__attempt=OuterRef("pk"))
    return Attempt.objects.filter(Exists(theirs)).annotate(
        came=_of_attempt(theirs, Count("pk")),
        came_at=_of_attempt(theirs, Max("received_at")),
        waiting=_of_attempt(waits, Count("pk")),
    )


def _of_attempt(events, what):
    return Subquery(events.values("item__attempt").annotate(found=what).values("found"))


def persons_waiting():
    """The keys of the records whose answers wait for a decision."""
    return AnswerEvent.objects.undecided().order_by().values("item__attempt__person")


def undecided_of(attempt):
    """The late answers of an attempt that wait for a decision, in the order of the questions."""
    waits = (
        AnswerEvent.objects.undecided().filter(item__attempt=attempt).select_related("item__question_edition")
    )
    return list(waits.order_by("item__n", "effective_at", "pk"))


@transaction.atomic
def decide(attempt_uuid, events, *, accepted, reason, actor, at):
    """Let late answers count, or leave the result as it is. `events`: their uuids, all of one attempt.

    Where they count and the test was handed in, it is marked again. Returns the Marking that counts now,
    None where the test is still open. Raises DecisionRefused.
    """
    attempts.time_out(attempt_uuid, at=at)
    # The lock of every answer to this attempt: none comes in between.
    locked = Attempt.objects.select_for_update(of=("self",)).select_related(
        "person", "quiz_edition", "enrolment"
    )
    attempt = locked.exclude(state=AttemptState.VOID).filter(uuid=attempt_uuid).first()
    if attempt is None or is_oneself(actor, attempt.person):
        raise DecisionRefused
    chosen = [event for event in undecided_of(attempt) if event.uuid in set(events)]
    if not chosen or len(chosen) != len(set(events)):
        raise DecisionRefused
    before = attempt.latest_marking()
    if accepted and before and would_fail(before, attempts.result_of(attempt, also=chosen)[0]):
        raise WouldFail
    LateDecision.objects.bulk_create(
        LateDecision(event=event, accepted=accepted, reason=reason, actor=str(actor or log.SYSTEM), at=at)
        for event in chosen
    )
    facts = {"quiz": str(attempt.quiz_key), "n": sorted(event.item.n for event in chosen), "reason": reason}
    log.record(
        "attempt.late accepted" if accepted else "attempt.late left", attempt, actor=actor, at=at, **facts
    )
    if accepted and before:
        return attempts.mark_again(attempt, actor=actor, at=at)
    return before


def would_fail(before, result):
    """Whether a pass would be lost. One that stands whatever its answers come to is not."""
    return before.passed and not result.passed and "stands" not in before.details


def told_of(attempt):
    """What its person is told: {"waiting": how many answers, "decisions": [{"accepted", "at", "n", "reason"}]}.

    Answers about which was decided together are told together, newest first.
    """
    counted = Counter(DECIDED(attempt=attempt.pk))
    decisions = [
        {"accepted": accepted, "at": at, "reason": reason, "n": n}
        for (accepted, at, reason), n in counted.items()
    ]
    return {
        "waiting": len(WAITING(attempt=attempt.pk)),
        "decisions": decisions,
    }


DECIDED = Prepared(
    lambda: (
        LateDecision.objects.filter(event__item__attempt=Blank("attempt"))
        .order_by("-at", "-pk")
        .values_list("accepted", "at", "reason")
    )
)
WAITING = Prepared(
    lambda: (
        AnswerEvent.objects.undecided()
        .filter(item__attempt=Blank("attempt"))
        .order_by()
        .values_list("pk", flat=True)
    )
)
