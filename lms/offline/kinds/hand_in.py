"""A test was handed in on the device: {"attempt"}. Its answers came before it."""

from django.urls import reverse

from courses.choices import AttemptState
from courses.quizzes import attempts
from lms.offline.items import ABSENT, ACCEPTED, DUPLICATE, REFUSED, Reply
from lms.offline.kinds.own import attempt_of
from lms.offline.kinds.start import begin
from lms.offline.wording import refused_in_words


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    attempt, refused = attempt_of(item, sender)
    if refused:
        return refused
    if attempt.state == AttemptState.VOID:
        return Reply(item.uuid, REFUSED, ABSENT, refused_in_words(ABSENT))
    if attempt.is_prepared:
        begin(attempt, item, sender)  # handed in without an answer
    attempts.submit(attempt.uuid, person=sender.person, actor=sender.user, at=sender.at)
    status = DUPLICATE if attempt.is_submitted else ACCEPTED
    return Reply(item.uuid, status, "", "", reverse("attempt_result", args=[attempt.uuid]))
