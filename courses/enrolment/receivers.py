"""Thin receivers: news from below."""

from django.dispatch import receiver

from courses.enrolment.setting_aside import set_aside, take_up_again
from courses.signals import person_merged, person_unmerged


@receiver(person_merged)
def leave_one_open_of_each_course(sender, merge, actor, at, **kwargs):
    set_aside(merge, actor=actor, at=at)


@receiver(person_unmerged)
def open_again_what_was_set_aside(sender, merge, actor, at, **kwargs):
    take_up_again(merge, actor=actor, at=at)
