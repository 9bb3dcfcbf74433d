"""An answer: {"attempt", "n", "fields": {name: [value, ...]}}, the fields as the page's form sends them."""

from courses.arriving import MAX_FIELDS
from courses.kinds import form
from courses.quizzes import attempts
from courses.quizzes.wording import problem_in_words
from lms.offline.items import ACCEPTED, REFUSED, Reply
from lms.offline.wording import ANSWER_KEPT, ANSWER_REFUSED

# For its device, what is kept is taken.
KEPT = {attempts.LATE: ACCEPTED}


def take(items, sender):
    events = [
        {
            "uuid": item.uuid,
            "attempt": item.said.get("attempt"),
            "n": item.said.get("n"),
            "payload": _payload(item.said.get("fields")),
            "device": sender.device,
            "device_seq": item.seq,
            "client_at": item.client_at,
            "offset": sender.offset,
        }
        for item in items
    ]
    outcomes = attempts.record_answers(events, person=sender.person, at=sender.at)
    return [_reply(item, outcome) for item, outcome in zip(items, outcomes, strict=True)]


def _payload(fields):
    """As the view reads a posted form; None, which no kind of question takes, for anything else."""
    if not isinstance(fields, dict) or len(fields) > MAX_FIELDS:
        return None
    for values in fields.values():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values) or not values:
            return None
    return form.read(fields)


def _reply(item, outcome):
    if outcome.status != attempts.REFUSED:
        words = ANSWER_KEPT.get(outcome.reason or outcome.status, "")
        return Reply(item.uuid, KEPT.get(outcome.status, outcome.status), outcome.reason, str(words))
    words = ANSWER_REFUSED.get(outcome.reason)
    if words is None:
        words = problem_in_words(
            outcome.reason, may_be_unsure=outcome.attempt.may_be_unsure, places=outcome.places
        )
    return Reply(item.uuid, REFUSED, outcome.reason, str(words))
