"""The focal point lets people in, or does not."""

from django.db import transaction

from courses.audit import log
from courses.choices import Approval
from courses.people.models import Person
from courses.people.tasks import send_decision
from courses.signals import person_approved


def approve(person, *, actor, at):
    """Open the final test and the certificate to a waiting or refused person. True if it changed."""
    return _decide(person, Approval.APPROVED, "approved", actor=actor, at=at)


def refuse(person, reason, *, actor, at):
    """Turn a person away. The reason stays in the office; the mail does not carry it."""
    return _decide(person, Approval.REFUSED, "refused", actor=actor, at=at, reason=reason)


@transaction.atomic
def _decide(person, decision, verb, *, actor, at, **facts):
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.approval == decision:
        person.approval = decision
        return False
    was = locked.approval
    locked.approval = person.approval = decision
    locked.save(update_fields=["approval"])
    log.record(verb, locked, actor=actor, at=at, was=was, **facts)
    if decision == Approval.APPROVED:
        person_approved.send(sender=Person, person=locked, actor=actor, at=at)
    # Inside the transaction: the queue is a table, so the mail is sent if and only if this holds.
    send_decision.enqueue(person.pk, decision.value)
    return True
