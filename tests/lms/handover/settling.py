"""A hand-over on its way."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from lms.handover import answering, beginning, giving, matters, taking


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def begin(goes, comes, actor, **kwargs):
    kwargs.setdefault("both_until", yesterday())
    return beginning.begin(goes.person, comes=comes.person, actor=actor, at=timezone.now(), **kwargs)


def settle(handover, actor):
    """Everything but the end."""
    deed = {"actor": actor, "at": timezone.now()}
    handover = giving.give_rights(handover, **deed)
    taking.take_over(handover, set(matters.BY_KEY), **deed)
    answering.answer(handover, key_holder="The Permanent Secretary, safe", outside="", **deed)
    return handover


def set_up_second_step(user):
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
