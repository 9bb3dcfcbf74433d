"""What the bank does when Wagtail publishes, unpublishes or deletes one of its questions."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published, unpublished

from courses.questions.models import BankQuestion
from courses.questions.publishing import freeze_bank_question, retire


@receiver(published, sender=BankQuestion)
def freeze(instance, revision=None, **kwargs):
    # Scheduling sends the same signal while the question is not live yet.
    if instance.live:
        freeze_bank_question(instance, actor=getattr(revision, "user", None), at=timezone.now())


@receiver(unpublished, sender=BankQuestion)
@receiver(post_delete, sender=BankQuestion)
def draw_no_more(instance, **kwargs):
    retire(instance.key, actor=None, at=timezone.now())
