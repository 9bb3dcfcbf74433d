"""What quizzes do when Wagtail publishes one, or a question of the bank."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, published

# Imported first on purpose: the bank freezes its question before quizzes pin it.
from courses.questions import receivers as bank_receivers  # noqa: F401
from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage
from courses.quizzes.publishing import publish_edition, publish_editions_with


@receiver(page_published, sender=QuizPage)
def freeze(instance, revision=None, **kwargs):
    # Scheduling sends the same signal while the page is not live yet.
    if instance.live:
        publish_edition(instance, actor=getattr(revision, "user", None), at=timezone.now())


@receiver(published, sender=BankQuestion)
def freeze_quizzes_with(instance, revision=None, **kwargs):
    if instance.live:
        actor = getattr(revision, "user", None)
        publish_editions_with(instance.key, actor=actor, at=timezone.now())
