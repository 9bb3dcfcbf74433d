"""Asking for another spelling of one's own name. The focal point decides (certificates.correcting)."""

from django.db import transaction

from courses.audit import log
from courses.people.models import NameCorrection, Person
from courses.people.names import clean_name


def open_correction(person):
    """The request that waits for an answer, or None."""
    return NameCorrection.objects.of(person).filter(decided_at=None).first()


@transaction.atomic
def ask_name_correction(person, wanted, *, certificate_number="", at):
    """Ask for the name `wanted`, and for a new certificate where one is named.

    There is one open request: asking again changes it. Raises NameRefused for what is no name.
    """
    wanted = clean_name(wanted)
    Person.objects.select_for_update().get(pk=person.pk)
    correction = open_correction(person) or NameCorrection(person=person)
    correction.wanted = wanted
    # A second request without a number, from the record page, keeps the certificate named before.
    correction.certificate_number = certificate_number or correction.certificate_number
    correction.asked_at = at
    correction.save()
    log.record(
        "name correction asked for",
        person,
        actor=getattr(person, "user", None),
        at=at,
        certificate=correction.certificate_number,
    )
    return correction
