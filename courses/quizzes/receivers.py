"""What quizzes do when Wagtail publishes one, or a question of the bank, or deletes what is reused."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, published

from courses.catalogue.models import LessonPage

# Imported first on purpose: the bank freezes its question before quizzes pin it.
from courses.questions import receivers as bank_receivers  # noqa: F401
from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage
from courses.quizzes.publishing import publish_edition, publish_editions_with
from courses.quizzes.reusing import let_go
from courses.signals import part_reused


@receiver(page_published, sender=QuizPage)
def freeze(instance, revision=None, **kwargs):
    # Scheduling sends the same signal while the page is not live yet.
    if instance.live:
        publish_edition(instance, actor=getattr(revision, "user", None), at=timezone.now())


@receiver(part_reused, sender=QuizPage)
def freeze_reused(page, actor, at, **kwargs):
    publish_edition(page, actor=actor, at=at)


@receiver(published, sender=BankQuestion)
def freeze_quizzes_with(instance, revision=None, **kwargs):
    if instance.live:
        actor = getattr(revision, "user", None)
        publish_editions_with(instance.key, actor=actor, at=timezone.now())


# Rows of the special kind go before those of Page, at which Wagtail takes the aliases off the site.
@receiver(pre_delete, sender=LessonPage)
@receiver(pre_delete, sender=QuizPage)
def keep_reused(instance, **kwargs):
    let_go(instance, at=timezone.now())
