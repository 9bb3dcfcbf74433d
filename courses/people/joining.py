"""A person joins: the record and the log-in, together or not at all."""

from django.db import IntegrityError, transaction

from courses.audit import log
from courses.choices import Approval, Role
from courses.people.models import Person


@transaction.atomic
def sign_up(
    user,
    *,
    full_name,
    agency,
    post=None,
    sector=None,
    rank="",
    service_number="",
    sex="",
    language="en",
    approval=Approval.PENDING,
    actor=None,
    at,
):
    """Save an unsaved `user` with a person of their own, waiting for approval unless it is given."""
    person = Person(
        full_name=full_name,
        agency=agency,
        post=post if post is not None and post.agency_id == agency.pk else None,
        # A sector is kept only where it differs: a later change of the agency's must be felt.
        sector=sector if sector is not None and sector.pk != agency.sector_id else None,
        rank=rank,
        service_number=service_number,
        sex=sex,
        language=language,
        approval=approval,
    )
    number_taken = not _saved(person)
    if number_taken:
        # Whoever signs up is not told that the number is known: that would tell who is
        # trained. The focal point sees it when approving.
        person.service_number = ""
        person.save()
    user.person = person
    user.role = Role.TRAINEE
    user.is_staff = user.is_superuser = False
    user.save()
    log.record(
        "signed up",
        person,
        actor=actor or user,
        at=at,
        agency=agency.pk,
        service_number_taken=number_taken,
    )
    return person


def _saved(person):
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        if not person.service_number:
            raise
        return False
    return True
