"""Thin receivers: news from below.

Both enqueue inside the sender's transaction: the queue is a table, so there is a task if
and only if there is a completion, and a certificate that cannot be drawn loses neither.
"""

from django.dispatch import receiver

from certificates.refreshers.raising import raise_call
from certificates.tasks import issue_certificate
from certificates.uncompleting import withdraw_those_of
from courses.progress.models import Completion
from courses.signals import (
    completion_withdrawn,
    course_completed,
    person_approved,
    person_merged,
    procedure_published,
)


@receiver(course_completed)
def issue_when_completed(sender, completion, at, **kwargs):
    issue_certificate.enqueue(completion.pk, at.isoformat())


@receiver(person_approved)
def issue_what_waited(sender, person, at, **kwargs):
    uncertified = Completion.objects.of(person).that_count().filter(certificates=None)
    for completion_id in uncertified.values_list("pk", flat=True):
        issue_certificate.enqueue(completion_id, at.isoformat())


@receiver(person_merged)
def issue_for_the_survivor(sender, merge, at, **kwargs):
    # What a waiting record had completed counts for an approved person now.
    issue_what_waited(sender, merge.into, at)


@receiver(completion_withdrawn)
def withdraw_with_the_completion(sender, completion, reason, actor, at, **kwargs):
    withdraw_those_of(completion, reason=reason, actor=actor, at=at)


@receiver(procedure_published)
def call_back_with_the_edition(sender, edition, actor, at, **kwargs):
    raise_call(edition, actor=actor, at=at)
