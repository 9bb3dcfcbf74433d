"""A paper that was prepared for this device was begun: {"attempt"}."""

from courses.quizzes import preparing
from lms.offline.items import ACCEPTED, DUPLICATE, Reply, given_at
from lms.offline.kinds.own import attempt_of


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    attempt, refused = attempt_of(item, sender)
    if refused:
        return refused
    if not attempt.is_prepared:
        return Reply(item.uuid, DUPLICATE)
    begin(attempt, item, sender)
    return Reply(item.uuid, ACCEPTED)


def begin(attempt, item, sender):
    started_at = given_at(item, sender.offset, earliest=attempt.prepared_at, received_at=sender.at)
    preparing.begin(attempt, started_at=started_at, actor=sender.user, at=sender.at)
