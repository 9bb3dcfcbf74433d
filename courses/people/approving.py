"""The focal point lets people in, or does not, or asks first."""

from django.db import transaction

from courses.audit import log
from courses.choices import Approval
from courses.people.models import ApprovalQuestion, Person, User
from courses.signals import person_approved, person_asked, person_decided


class NotWaiting(Exception):
    """The person was approved or refused already, or cannot be written to."""


def approve(person, *, actor, at, only_waiting=False):
    """Open the final test and the certificate to a waiting or refused person. True if it changed.

    `only_waiting`: leave alone whoever was decided about meanwhile.
    """
    return _decide(person, Approval.APPROVED, "approved", only_waiting, actor=actor, at=at)


def refuse(person, reason, *, actor, at, only_waiting=False):
    """Turn a person away. The reason stays in the office; the mail does not carry it."""
    return _decide(person, Approval.REFUSED, "refused", only_waiting, actor=actor, at=at, reason=reason)


@transaction.atomic
def _decide(person, decision, verb, only_waiting, *, actor, at, **facts):
    locked = Person.objects.select_for_update().get(pk=person.pk)
    was = person.approval = locked.approval
    if was == decision or (only_waiting and was != Approval.PENDING):
        return False
    locked.approval = person.approval = decision
    locked.save(update_fields=["approval"])
    entry = log.record(verb, locked, actor=actor, at=at, was=was, **facts)
    if decision == Approval.APPROVED:
        person_approved.send(sender=Person, person=locked, actor=actor, at=at)
    person_decided.send(sender=Person, person=locked, entry=entry, at=at)
    return True


@transaction.atomic
def ask(person, text, *, actor, at):
    """Send a waiting person a question by mail. They stay waiting, and answer to who asked.

    Raises NotWaiting for somebody decided about, or without an address.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    user = User.objects.filter(person=locked).first()
    if locked.approval != Approval.PENDING or user is None or not user.email:
        raise NotWaiting
    question = ApprovalQuestion.objects.create(person=locked, text=text, author=str(actor), at=at)
    log.record("asked before approval", locked, actor=actor, at=at, question=question.pk)
    person_asked.send(sender=Person, question=question, reply_to=actor.email or "", at=at)
    return question
