"""A person's own certificates."""

from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone

from certificates.models import Certificate, CertificateEvent, CertificateFile
from courses.choices import CertificateVerb
from courses.workshops.models import Registration


def certificates_of(person, *, day=None):
    """The rows of "My record", newest first, each with its `state`; one query however many."""
    return list(Certificate.objects.for_record(person, day or timezone.localdate()))


def withdrawn_among(completions):
    """The keys, of these of completions, whose certificate was withdrawn."""
    withdrawn = CertificateEvent.objects.filter(
        verb=CertificateVerb.WITHDRAWN, certificate__completion__in=completions
    )
    return set(withdrawn.order_by().values_list("certificate__completion_id", flat=True))


def certificates_at(registration, *, day=None):
    """What somebody got for this workshop and has not been replaced, each with its `state`. One query."""
    mine = Registration.objects.of(registration.person.counts_as).filter(workshop=registration.workshop_id)
    rows = Certificate.objects.for_lists(day or timezone.localdate())
    return list(rows.filter(attendance_basis__in=mine.values("uuid"), replaced_by=None))


def bytes_of_files(certificates):
    """How much the files of these certificates are, as far as they are drawn."""
    files = CertificateFile.objects.filter(certificate__in=certificates)
    return files.aggregate(bytes=Sum(Length("pdf")))["bytes"] or 0
