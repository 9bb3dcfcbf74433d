"""The second person's deed. The list of what waits for it is in `seconding`."""

from django.db import transaction

from certificates.models import Certificate, SecondPerson
from certificates.tasks import issue_certificate
from courses.audit import log
from courses.people.roles import may_confirm_certificate
from courses.progress.models import Completion


class NotBySomebodyElse(Exception):
    """Nobody confirms their own completion, nor does a log-in without a person."""


@transaction.atomic
def confirm(completion, *, actor, at):
    """Confirm, as another person, the completion of somebody who can see the keys; its certificate is
    issued then. Confirming again changes nothing.

    Returns the SecondPerson. Raises NotBySomebodyElse.
    """
    # The lock that issuing takes: never half confirmed.
    completion = (
        Completion.objects.select_for_update(of=("self",))
        .select_related("enrolment__person")
        .get(pk=completion.pk)
    )
    if not may_confirm_certificate(actor, completion.enrolment.person):
        raise NotBySomebodyElse
    known = SecondPerson.objects.filter(completion=completion).first()
    if known is not None:
        return known
    confirmed = SecondPerson.objects.create(
        completion=completion, confirmed_by=actor.person, name=actor.person.full_name, at=at
    )
    log.record(
        "completion confirmed",
        completion,
        actor=actor,
        at=at,
        enrolment=str(completion.enrolment.uuid),
        confirmed_by=actor.person.full_name,
    )
    if not Certificate.objects.filter(completion=completion).exists():
        # Inside the transaction: the queue is a table, so it is issued if and only if this holds.
        issue_certificate.enqueue(completion.pk, at.isoformat())
    return confirmed
