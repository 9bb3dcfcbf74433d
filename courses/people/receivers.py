from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.core.cache import caches
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils import timezone

from courses.blocks import SECTORS
from courses.choices import Approval
from courses.people.admission import admit_by_domain
from courses.people.ending import end_sessions
from courses.people.groups import install_groups
from courses.people.models import Person, Sector, User
from courses.people.roles import may_sign_in
from courses.people.visibility import same_as

# Permissions of an app exist after its own post_migrate: the last of these finds them all.
APPS_WITH_PERMISSIONS = {
    "lms",
    "certificates",
    "courses",
    "courses.people",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
}


@receiver(post_migrate)
def make_groups(app_config, using="default", plan=None, **kwargs):
    if app_config.name in APPS_WITH_PERMISSIONS and using == "default":
        install_groups()


@receiver(email_confirmed, sender=EmailAddress)
def let_in_by_domain(request, email_address, **kwargs):
    admit_by_domain(email_address, request, at=timezone.now())


@receiver(
    [
        password_changed,
        password_set,
        password_reset,
        authenticator_added,
        authenticator_removed,
        authenticator_reset,
    ]
)
def end_the_other_sessions(request, user, **kwargs):
    """Whoever changes how they sign in stays signed in here, and nowhere else."""
    end_sessions([user], keep=request.session.session_key if request.user.pk == user.pk else None)


@receiver(post_save, sender=User)
def end_sessions_of_a_stopped_log_in(instance, created, **kwargs):
    if not (created or instance.is_active):
        end_sessions([instance])


@receiver(post_save, sender=Person)
def end_sessions_of_who_left(instance, created, **kwargs):
    if not created and (instance.left_on is not None or instance.approval == Approval.REFUSED):
        users = User.objects.select_related("person__merged_into").filter(person__in=same_as(instance))
        end_sessions([user for user in users if not may_sign_in(user)])


@receiver([post_save, post_delete], sender=Sector)
def forget_sector_choices(**kwargs):
    caches["bodies"].delete(SECTORS)
