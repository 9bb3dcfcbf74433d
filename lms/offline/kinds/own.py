"""Whose attempt an item speaks of: the sender's own, or none."""

from courses.arriving import Malformed, as_uuid
from courses.quizzes.models import Attempt
from lms.offline.items import ABSENT, MALFORMED, REFUSED, Reply
from lms.offline.wording import refused_in_words


def attempt_of(item, sender):
    """(the attempt, None), or (None, the refusal). Somebody else's is as one that is not there."""
    try:
        uuid = as_uuid(item.said.get("attempt"))
    except Malformed:
        return None, _refused(item, MALFORMED)
    attempt = Attempt.objects.of(sender.person).filter(uuid=uuid).first()
    return (attempt, None) if attempt else (None, _refused(item, ABSENT))


def _refused(item, reason):
    return Reply(item.uuid, REFUSED, reason, refused_in_words(reason))
