from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.cache import caches
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils import timezone

from courses.blocks import SECTORS
from courses.people.admission import admit_by_domain
from courses.people.groups import install_groups
from courses.people.models import Sector

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


@receiver([post_save, post_delete], sender=Sector)
def forget_sector_choices(**kwargs):
    caches["bodies"].delete(SECTORS)
