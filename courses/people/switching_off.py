"""The access of somebody who ran the site is closed: the role, the second step, the sessions, the log-in."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from courses.audit import log
from courses.choices import Role
from courses.people.ending import end_sessions
from courses.people.holding import able
from courses.people.models import User
from courses.people.roles import DESK_ROLES, give_role


class NobodyLeft(ValueError):
    """`role`: that of which nobody would be left who can sign in and work."""

    def __init__(self, role):
        self.role = role
        super().__init__(role)


@transaction.atomic
def switch_off(user, *, stays_trainee=False, actor, at):
    """Take role and second step, end every session, and switch the log-in off. Twice does nothing.

    `stays_trainee`: the log-in stays, for the person's own record and courses. Raises NobodyLeft where
    no administrator, or nobody at the desk, would be left. Returns whether anything was closed.
    """
    # All who run the site, in one order: of two that are let go at once, the later sees the first as gone.
    desk = list(User.objects.select_for_update().filter(role__in=DESK_ROLES).order_by("pk"))
    locked = next((one for one in desk if one.pk == user.pk), None)
    locked = locked or User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active or (stays_trainee and locked.role == Role.TRAINEE):
        return False
    for role, others in (
        (Role.ADMINISTRATOR, able({Role.ADMINISTRATOR}, also_superusers=True)),
        (Role.FOCAL_POINT, able(DESK_ROLES, also_superusers=True)),
    ):
        if not any(other.pk != locked.pk for other in others):
            raise NobodyLeft(role)
    give_role(locked, Role.TRAINEE, actor=actor, at=at)
    removed, _kinds = Authenticator.objects.filter(user=locked).delete()
    if not stays_trainee:
        locked.is_active = False
        locked.save(update_fields=["is_active"])
    end_sessions([locked])
    log.record("access closed", locked, actor=actor, at=at, stays_trainee=stays_trainee, removed=removed)
    return True
