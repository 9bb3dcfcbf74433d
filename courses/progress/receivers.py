"""Thin receivers: news from below."""

from django.dispatch import receiver

from courses.progress.recording import evaluate
from courses.signals import attempt_submitted


@receiver(attempt_submitted)
def evaluate_when_a_test_ends(sender, attempt, at, **kwargs):
    if attempt.enrolment is not None:
        evaluate(attempt.enrolment, actor=None, at=at)
