"""A mark at the door: {"registration", "session", "mark", "method", "correction", "reason", "cancels"}.

`registration` and `cancels` may be the name of a walk-in that was entered on the same device before.
"""

from courses.attendance import syncing
from courses.attendance.wording import DEVICE_REFUSED, MARK_REFUSED, stands_in_words
from courses.people.guard import lacks_second_step
from lms.offline.items import DUPLICATE, REFUSED, SUPERSEDED, Reply
from lms.offline.wording import SECOND_STEP, refused_in_words

REASONS = {**MARK_REFUSED, **DEVICE_REFUSED}


def take(items, sender):
    if lacks_second_step(sender.user):
        return [Reply(item.uuid, REFUSED, SECOND_STEP, refused_in_words(SECOND_STEP)) for item in items]
    rows = [{**item.said, "uuid": item.uuid, "client_at": item.client_at} for item in items]
    outcomes = syncing.take(rows, user=sender.user, device=sender.device, offset=sender.offset, at=sender.at)
    return [_reply(outcome) for outcome in outcomes]


def _reply(outcome):
    """Names are not said here: the device keeps words longer than its list."""
    if outcome.status == REFUSED:
        return Reply(outcome.uuid, REFUSED, outcome.reason, _of_row(outcome, REASONS[outcome.reason]))
    if syncing.counts(outcome):
        return Reply(outcome.uuid, outcome.status)
    status = DUPLICATE if outcome.status == DUPLICATE else SUPERSEDED
    return Reply(outcome.uuid, status, "", _of_row(outcome, stands_in_words(outcome.attendance)))


def _of_row(outcome, words):
    label = outcome.registration.label if outcome.registration else ""
    return f"{label}: {words}" if label else str(words)
