"""A test was handed in on the device: {"attempt"}. Its answers came before it."""

from django.urls import reverse

from courses.arriving import Malformed, as_uuid
from courses.quizzes import attempts
from courses.quizzes.models import Attempt
from lms.offline.items import ABSENT, ACCEPTED, DUPLICATE, MALFORMED, REFUSED, Reply
from lms.offline.kinds import start
from lms.offline.wording import refused_in_words


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    try:
        uuid = as_uuid(item.said.get("attempt"))
    except Malformed:
        return Reply(item.uuid, REFUSED, MALFORMED, refused_in_words(MALFORMED))
    mine = Attempt.objects.of(sender.person)
    attempt = mine.filter(uuid=uuid).first()
    if attempt is not None and attempt.is_prepared:
        start.take([item], sender)  # handed in without an answer, so it was begun
    attempt = mine.taken().filter(uuid=uuid).first()
    if attempt is None:
        return Reply(item.uuid, REFUSED, ABSENT, refused_in_words(ABSENT))
    attempts.submit(uuid, person=sender.person, actor=sender.user, at=sender.at)
    address = reverse("attempt_result", args=[uuid])
    return Reply(item.uuid, DUPLICATE if attempt.is_submitted else ACCEPTED, "", "", address)
