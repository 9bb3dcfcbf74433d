"""A person's own certificates."""

from django.utils import timezone

from certificates.models import Certificate, CertificateEvent
from courses.choices import CertificateVerb


def certificates_of(person, *, day=None):
    """The rows of "My record", newest first, each with its `state`; one query however many."""
    return list(Certificate.objects.of(person).for_lists(day or timezone.localdate()))


def withdrawn_among(completions):
    """The keys, of these of completions, whose certificate was withdrawn."""
    withdrawn = CertificateEvent.objects.filter(
        verb=CertificateVerb.WITHDRAWN, certificate__completion__in=completions
    )
    return set(withdrawn.order_by().values_list("certificate__completion_id", flat=True))
