"""Tests by phone that were begun and never handed in: when the workshop is closed they end."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses.choices import AttemptState
from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, Attempt


@transaction.atomic
def end_begun(workshop, *, actor, at):
    """Hand in each with the answers that were saved; one without any answer counts for nothing."""
    begun = Attempt.objects.select_for_update(of=("self",)).filter(
        room_attempt__registration__workshop=workshop, state=AttemptState.OPEN
    )
    for attempt in begun.select_related("person").order_by("pk"):
        if AnswerEvent.objects.filter(item__attempt=attempt).exists():
            attempts.submit(attempt.uuid, person=attempt.person, actor=actor, at=at)
        else:
            attempts.make_void(
                attempt, reason=_("Nothing was answered when the workshop was closed."), actor=actor, at=at
            )
