"""Somebody of the office asks for an erasure. Nothing goes yet, and the person hears of it."""

from django.db import transaction
from django.utils import timezone

from courses.audit import log
from courses.choices import Approval, RegistrationState
from courses.mailing.posting import post
from courses.people.models import Person, User
from courses.people.roles import belongs_to_staff, has_left, is_oneself
from courses.people.visibility import same_as
from courses.workshops.models import Registration
from lms.erasing.models import Erasure
from lms.erasing.refusing import ErasureRefused


def refusal(person, *, actor, at):
    """Why this person cannot be erased by `actor` now: the code of an ErasureRefused, or "". Four queries."""
    if person.merged_into_id is not None:
        return "merged"
    if actor is not None and is_oneself(actor, person):
        return "oneself"
    same = same_as(person)
    if any(belongs_to_staff(user) for user in User.objects.filter(person__in=same)):
        return "role"
    if person.approval == Approval.APPROVED and not has_left(person, timezone.localdate(at)):
        return "serves"
    coming = Registration.objects.filter(person__in=same, workshop__sessions__ends_at__gt=at)
    if coming.exclude(state=RegistrationState.CANCELLED).exists():
        return "coming"
    return "asked" if Erasure.objects.open().filter(person=person).exists() else ""


@transaction.atomic
def ask(person, *, why, filed_as="", actor, at):
    """Ask for the erasure of somebody's personal data. Returns the Erasure. Raises ErasureRefused."""
    # The lock: of two who ask at once, the second finds it asked.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if code := refusal(person, actor=actor, at=at):
        raise ErasureRefused(code)
    erasure = Erasure.objects.create(
        person=person, why=why, filed_as=filed_as, asked_at=at, asked_by=str(actor), asked_by_id=actor.pk
    )
    log.record("erasure asked for", person, actor=actor, at=at, why=why, erasure=str(erasure.uuid))
    # Somebody who has left, or was refused, is told all the same: it may be a mistake.
    post(f"erasure:{erasure.uuid}", "lms/erasing/asked", person=person, at=at, always=True)
    return erasure
