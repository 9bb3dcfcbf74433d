"""What practice cases do when Wagtail publishes one, reuses one in another course, or deletes one."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from courses.drills.cases.pages import CasePage
from courses.drills.cases.publishing import publish_edition
from courses.quizzes.reusing import let_go
from courses.signals import part_reused


@receiver(page_published, sender=CasePage)
def freeze(instance, revision=None, **kwargs):
    # Scheduling sends the same signal while the page is not live yet.
    if instance.live:
        publish_edition(instance, actor=getattr(revision, "user", None), at=timezone.now())


@receiver(part_reused, sender=CasePage)
def freeze_reused(page, actor, at, **kwargs):
    publish_edition(page, actor=actor, at=at)


# Rows of the special kind go before those of Page, at which Wagtail takes the aliases off the site.
@receiver(pre_delete, sender=CasePage)
def keep_reused(instance, **kwargs):
    let_go(instance, at=timezone.now())
