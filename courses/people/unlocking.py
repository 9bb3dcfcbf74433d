"""Somebody lost the telephone with the codes: the second step is taken away, and everybody is signed out."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from courses.audit import log
from courses.people.ending import end_sessions
from courses.people.models import User
from courses.signals import second_step_removed


class NotOneself(ValueError):
    """Nobody takes away their own second step here: another administrator does."""


@transaction.atomic
def reset_second_step(user, reason, *, actor, at):
    """Remove the app and the recovery codes of `user` and end every session. True if there were any.

    At the next sign-in a staff role is asked to set up a new second step. The reason stays in the
    office. Raises NotOneself.
    """
    if actor is not None and user.pk == actor.pk:
        raise NotOneself
    locked = User.objects.select_for_update().get(pk=user.pk)
    removed, _kinds = Authenticator.objects.filter(user=locked).delete()
    end_sessions([locked])
    entry = log.record("second step reset", locked, actor=actor, at=at, reason=reason, removed=removed)
    second_step_removed.send(sender=User, user=locked, entry=entry, at=at)
    return bool(removed)
