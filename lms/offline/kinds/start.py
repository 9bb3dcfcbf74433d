"""A paper that was prepared for this device was begun: {"attempt"}."""

from courses.arriving import Malformed, as_uuid
from courses.quizzes import preparing
from courses.quizzes.models import Attempt
from lms.offline.items import ABSENT, ACCEPTED, DUPLICATE, MALFORMED, REFUSED, Reply, given_at
from lms.offline.wording import refused_in_words


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    try:
        uuid = as_uuid(item.said.get("attempt"))
    except Malformed:
        return Reply(item.uuid, REFUSED, MALFORMED, refused_in_words(MALFORMED))
    attempt = Attempt.objects.of(sender.person).filter(uuid=uuid).first()
    if attempt is None:
        return Reply(item.uuid, REFUSED, ABSENT, refused_in_words(ABSENT))
    if not attempt.is_prepared:
        return Reply(item.uuid, DUPLICATE)
    started_at = given_at(item, sender.offset, earliest=attempt.prepared_at, received_at=sender.at)
    preparing.begin(attempt, started_at=started_at, actor=sender.user, at=sender.at)
    return Reply(item.uuid, ACCEPTED)
