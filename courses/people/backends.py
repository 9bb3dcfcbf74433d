from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from courses.people.cards import user_of
from courses.people.models import Person, User
from courses.people.roles import may_sign_in
from courses.prepared import Blank, Prepared

WITH_PERSON = Prepared(
    lambda: User.objects.select_related("person__agency__sector", "person__post", "person__sector").filter(
        pk=Blank("pk")
    )
)


class PersonBackend(AuthenticationBackend):
    """allauth's own, bringing the person along: every page needs agency and sector."""

    def authenticate(self, request, card=None, **credentials):
        """By e-mail and password, or by `card`, the number that stands on a code card, and its code."""
        if card is not None:
            return user_of(card, credentials.get("password") or "", at=timezone.now())
        return super().authenticate(request, **credentials)

    def get_user(self, user_id):
        user = WITH_PERSON.first(pk=user_id)
        if user is None:
            return None
        if user.person_id and user.person.merged_into_id:
            # One more question, and only for a log-in whose record was merged: it stands on the surviving
            # record from here on, in every view and every rule.
            user.stand_on(Person.objects.with_place().get(pk=user.person.merged_into_id))
        return user if self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user):
        """Asked at log-in and again at every request: who leaves at noon is out at noon."""
        return may_sign_in(user)
