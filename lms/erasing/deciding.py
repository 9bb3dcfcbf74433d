"""A second person confirms an erasure, or takes it back."""

from django.db import transaction

from courses.audit import log
from courses.people.models import Person
from courses.people.roles import is_oneself
from lms.erasing import applying, asking, listing
from lms.erasing.models import Erasure
from lms.erasing.refusing import ErasureRefused


@transaction.atomic
def confirm(erasure, *, actor, at):
    """Erase, for good. Returns the Erasure. Raises ErasureRefused."""
    erasure = _locked(erasure)
    if erasure.asked_by_id == actor.pk:
        raise ErasureRefused("second")
    if is_oneself(actor, erasure.person):
        raise ErasureRefused("oneself")
    # What holds may have changed since it was asked for.
    code = asking.refusal(erasure.person, actor=actor, at=at)
    if code not in ("", "asked"):
        raise ErasureRefused(code)
    erasure.confirmed_by, erasure.confirmed_by_id = str(actor), actor.pk
    applying.erase(erasure, actor=actor, at=at)
    # The record is erased, whatever becomes of the list: the night writes it again.
    transaction.on_commit(listing.write, robust=True)
    return erasure


@transaction.atomic
def withdraw(erasure, *, actor, at):
    """Take it back before it is done. Raises ErasureRefused."""
    erasure = _locked(erasure)
    erasure.withdrawn_at, erasure.withdrawn_by = at, str(actor)
    erasure.save(update_fields=["withdrawn_at", "withdrawn_by"])
    log.record("erasure withdrawn", erasure.person, actor=actor, at=at, erasure=str(erasure.uuid))
    return erasure


def _locked(erasure):
    Person.objects.select_for_update(of=("self",)).get(pk=erasure.person_id)
    found = Erasure.objects.select_for_update(of=("self",)).select_related("person").get(pk=erasure.pk)
    if not found.is_open:
        raise ErasureRefused("over")
    return found
