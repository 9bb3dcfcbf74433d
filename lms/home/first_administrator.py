"""Who looks after a new site: a log-in without a password, and the link with which one is chosen."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from courses.choices import Approval, Role
from courses.people.models import Person, User
from courses.people.roles import give_role


def administrator():
    """The first log-in that looks after the site, or None."""
    those = User.objects.filter(Q(role=Role.ADMINISTRATOR) | Q(is_superuser=True), is_active=True)
    return those.order_by("pk").first()


@transaction.atomic
def make_administrator(email, full_name, *, at):
    """A log-in that looks after the site. Its password is chosen by the link of `link_to_choose`."""
    person = Person.objects.create(full_name=full_name, approval=Approval.APPROVED)
    user = User(email=email, person=person)
    user.set_unusable_password()
    user.save()
    # Whoever has the link was given it by who installed the site: nothing is left to confirm.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    give_role(user, Role.ADMINISTRATOR, actor=None, at=at)
    return user


def link_to_choose(user):
    """The address at which this password is chosen, once, within Django's PASSWORD_RESET_TIMEOUT."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return settings.SITE_URL + path.replace("UID-KEY", key)
