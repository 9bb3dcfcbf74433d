"""Thin receivers: news from below."""

from django.dispatch import receiver

from courses.room.ending import end_begun
from courses.signals import workshop_closing


@receiver(workshop_closing)
def end_tests_that_were_begun(sender, workshop, actor, at, **kwargs):
    end_begun(workshop, actor=actor, at=at)
