"""Invitations that nobody answered: a name and an address of somebody who never came."""

from datetime import timedelta

from django.db import transaction
from django.db.models import ProtectedError

from courses.enrolment.cohorts import Invitation
from courses.mailing.models import Letter

# After they had expired.
KEPT_FOR = timedelta(days=180)


def unanswered():
    """Of nobody who has a record."""
    return Invitation.objects.filter(accepted_at=None, person=None)


def forget_unanswered(*, at):
    """Delete those whose time is over, with their letters. Returns how many."""
    forgotten = 0
    for invitation in unanswered().filter(expires_at__lt=at - KEPT_FOR).order_by("pk"):
        try:
            _forget(invitation)
        except ProtectedError:
            continue  # A hand-over names it.
        forgotten += 1
    return forgotten


@transaction.atomic
def _forget(invitation):
    letters = Letter.objects.filter(person=None, address=invitation.address)
    invitation.delete()
    # Another invitation of the same address may still need its own.
    letters.exclude(pk__in=Invitation.objects.exclude(letter=None).values("letter")).delete()
