"""A person's own certificates."""

from django.utils import timezone

from certificates.models import Certificate


def certificates_of(person, *, day=None):
    """The rows of "My record", newest first, each with its `state`; one query however many."""
    return list(Certificate.objects.of(person).for_lists(day or timezone.localdate()))
