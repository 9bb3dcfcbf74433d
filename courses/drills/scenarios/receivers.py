"""What scenarios do when Wagtail publishes one, or deletes what is reused."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from courses.drills.scenarios.pages import ScenarioPage
from courses.drills.scenarios.publishing import publish_edition
from courses.quizzes.reusing import let_go
from courses.signals import part_reused


@receiver(page_published, sender=ScenarioPage)
def freeze(instance, revision=None, **kwargs):
    # Scheduling sends the same signal while the page is not live yet.
    if instance.live:
        publish_edition(instance, actor=getattr(revision, "user", None), at=timezone.now())


@receiver(part_reused, sender=ScenarioPage)
def freeze_reused(page, actor, at, **kwargs):
    publish_edition(page, actor=actor, at=at)


@receiver(pre_delete, sender=ScenarioPage)
def keep_reused(instance, **kwargs):
    let_go(instance, at=timezone.now())
