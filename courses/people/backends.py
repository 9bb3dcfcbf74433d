from allauth.account.auth_backends import AuthenticationBackend

from courses.people.models import User


class PersonBackend(AuthenticationBackend):
    """allauth's own, bringing the person along: every page needs agency and sector."""

    def get_user(self, user_id):
        try:
            user = User.objects.select_related("person__agency__sector", "person__post", "person__sector").get(
                pk=user_id
            )
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
