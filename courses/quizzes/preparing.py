"""Papers for a device: an attempt drawn and pinned ahead, which is begun without a network."""

from django.db import IntegrityError, transaction

from courses.audit.log import record
from courses.choices import AttemptOrigin, AttemptState, Purpose
from courses.quizzes import limits, starting
from courses.quizzes.models import Attempt
from courses.quizzes.refusals import StartRefused

# The final test counts for a certificate and the pre-test for what was learned: both start on line.
ON_A_DEVICE = (Purpose.PRACTICE, Purpose.CHECK)


@transaction.atomic
def prepare(quiz_key, *, person, enrolment, device, actor, at, rng=None, locale="en"):
    """The paper of this quiz that `device` holds, or a new one. It counts for nothing until it is begun.

    One for each device: two that are off line at once take two attempts, and both are kept. A paper of an
    older edition stays good. Raises a StartRefused where an attempt could not be started now either, or
    where the test is started on line alone.
    """
    held = Attempt.objects.of(person).filter(
        quiz_key=quiz_key, cycle=enrolment.cycle, device=device, state=AttemptState.PREPARED
    )
    found = held.select_related("quiz_edition").first()
    if found is not None:
        return found
    edition = starting.open_edition(quiz_key, locale)
    # No device can be believed about a time limit.
    if edition.policy["purpose"] not in ON_A_DEVICE or limits.minutes(edition.policy):
        raise OnlineOnly
    placed = starting.questions_for(edition, person=person, enrolment=enrolment, at=at, rng=rng, locale=locale)
    try:
        with transaction.atomic():
            return starting.lay(
                edition,
                placed,
                person=person,
                enrolment=enrolment,
                origin=AttemptOrigin.DEVICE,
                state=AttemptState.PREPARED,
                prepared_at=at,
                device=device,
            )
    except IntegrityError:  # the same device asked twice at once
        return held.select_related("quiz_edition").get()


@transaction.atomic
def begin(attempt, *, started_at, actor, at):
    """A paper was begun on its device at `started_at`, as the device says: believed only between the
    moment it was prepared and `at`. Begun before: nothing changes. Returns the attempt.

    It is never refused. It happened, whatever was allowed in the meantime.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    if attempt.is_prepared:
        attempt.state = AttemptState.OPEN
        attempt.started_at = min(max(started_at, attempt.prepared_at), at)
        attempt.save(update_fields=["state", "started_at"])
        record("attempt.started", attempt, actor=actor, at=at, quiz=str(attempt.quiz_key), on_device=True)
    return attempt


class OnlineOnly(StartRefused):
    """Only asked by a course that is being saved, which leaves it out."""
