"""A completion that counts no more: it stays on record, and a row beside it says so."""

from django.db import transaction

from courses.audit import log
from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, CompletionWithdrawn
from courses.progress.resting import rests_on_nothing
from courses.signals import completion_withdrawn


@transaction.atomic
def withdraw_completion(completion, *, reason, actor, at):
    """Withdraw a completion, once and for good. It leaves figures, transcripts and lists, its certificate is
    withdrawn by the area that listens, and the person can be given the course again, as a new cycle.

    What was done stays on record. Doing it again changes nothing. Returns the CompletionWithdrawn.
    """
    locked = lock(completion)
    known = CompletionWithdrawn.objects.filter(completion=locked).first()
    if known is not None:
        return known
    enrolment = locked.enrolment
    withdrawn = CompletionWithdrawn.objects.create(
        completion=locked, reason=reason, actor=str(actor or log.SYSTEM), at=at
    )
    enrolment.state, enrolment.ended_at = EnrolmentState.UNDONE, at
    enrolment.save(update_fields=["state", "ended_at"])
    facts = {"enrolment": str(enrolment.uuid), "reason": reason}
    log.record("completion withdrawn", locked, actor=actor, at=at, **facts)
    completion_withdrawn.send(Completion, completion=locked, reason=reason, actor=actor, at=at)
    return withdrawn


def lock(completion):
    """The completion, locked, with its enrolment, locked before it as `recording.evaluate` does."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=completion.enrolment_id)
    locked = Completion.objects.select_for_update(of=("self",)).get(pk=completion.pk)
    locked.enrolment = enrolment
    return locked


def withdraw_what_rested_on(attempt, *, reason, actor, at):
    """Withdraw the completion of the course, if it needs the pass of this attempt, which was taken back."""
    completion = (
        Completion.objects.that_count().filter(enrolment=attempt.enrolment_id).first()
        if attempt.enrolment_id
        else None
    )
    if completion is not None and rests_on_nothing(completion):
        withdraw_completion(completion, reason=reason, actor=actor, at=at)
