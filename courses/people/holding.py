"""Who holds a role today and could use it: asked before somebody is let go."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from courses.people import roles

SECOND_STEP = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)


def holding(wanted, *, also_superusers=False):
    """Log-ins that hold one of the roles today, and may sign in; each with `has_second_step`."""
    asked = Q(role__in=wanted) | (Q(is_superuser=True) if also_superusers else Q())
    users = get_user_model().objects.filter(asked, is_active=True).select_related("person__merged_into")
    users = users.annotate(has_second_step=Exists(SECOND_STEP)).order_by("pk")
    return [user for user in users if roles.has_role(user, wanted) and roles.may_sign_in(user)]


def able(wanted, *, also_superusers=False):
    """Those of them who can work now: a role without its second step opens no door."""
    return [
        user
        for user in holding(wanted, also_superusers=also_superusers)
        if user.has_second_step or not roles.needs_second_factor(user)
    ]
