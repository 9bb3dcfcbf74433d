"""Thin receivers: news from below."""

from django.dispatch import receiver

from courses.progress.recording import evaluate
from courses.signals import attempt_marked_again, attempt_submitted


@receiver([attempt_submitted, attempt_marked_again])
def evaluate_when_a_test_is_marked(sender, attempt, at, **kwargs):
    if attempt.enrolment is not None:
        evaluate(attempt.enrolment, actor=None, at=at)
