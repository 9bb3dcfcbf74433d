"""Log-ins offered by mail: sent, sent again, taken back. The worker sends; see `courses.mailing`."""

import base64
import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from courses.audit import log
from courses.enrolment.cohorts import Invitation
from courses.mailing import posting
from courses.mailing.models import Letter
from courses.people.models import Person, User
from courses.people.visibility import same_as

VALID = timedelta(days=14)
# After the first; whoever does not answer four letters is better telephoned.
MOST_AGAIN = 3
WAIT = timedelta(hours=1)


class NotInvited(Exception):
    """`code`: "invited" (and not accepted yet), "has_login" or "refused" (the person is)."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


class NotSent(Exception):
    """`code`: "over" (accepted or taken back), "often" or "soon"."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def token_of(invitation):
    """The secret in the link. Made from this site's key, so that a letter sent again carries the same
    link; the table keeps only its hash."""
    digest = salted_hmac("courses.invitation", invitation.uuid.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(address, full_name, *, cohort=None, person=None, actor, at, **place):
    """Offer a log-in, and a place in `cohort` if one is given. `person`: to whose record it will belong.

    `place`: agency, post, sector and rank, as far as they are known. Raises NotInvited: whoever has a log-in
    can only be invited into a cohort.
    """
    address = address.strip().lower()
    if person is not None:
        person = Person.objects.select_for_update(of=("self",)).get(pk=person.counts_as.pk)
        if person.is_refused:
            raise NotInvited("refused")
        if User.objects.filter(person=person).exists():
            raise NotInvited("has_login")
        if Invitation.objects.open().filter(person__in=same_as(person)).exists():
            raise NotInvited("invited")
    known = User.objects.filter(email__iexact=address).exists()
    if known and (cohort is None or person is not None):
        raise NotInvited("has_login")
    if Invitation.objects.open().filter(address=address, cohort=cohort).exists():
        raise NotInvited("invited")
    invitation = Invitation(
        address=address,
        full_name=full_name,
        cohort=cohort,
        person=person,
        invited_by=str(actor),
        at=at,
        sent_at=at,
        expires_at=at + VALID,
        **place,
    )
    invitation.token_hash = hash_of(token_of(invitation))
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        # Somebody else invited this address a moment ago.
        raise NotInvited("invited") from None
    log.record("invited", invitation, actor=actor, at=at, cohort=cohort and cohort.pk)
    _send(invitation, at)
    return invitation


@transaction.atomic
def resend(invitation, *, actor, at):
    """The same link once more, valid from now on. Raises NotSent."""
    invitation = _locked(invitation)
    if invitation.state(at) in ("accepted", "withdrawn"):
        raise NotSent("over")
    if invitation.sendings > MOST_AGAIN:
        raise NotSent("often")
    if at < invitation.sent_at + WAIT:
        raise NotSent("soon")
    invitation.sendings += 1
    invitation.sent_at, invitation.expires_at = at, at + VALID
    # The site's key may have changed since.
    invitation.token_hash = hash_of(token_of(invitation))
    invitation.save(update_fields=["sendings", "sent_at", "expires_at", "token_hash"])
    log.record("invitation sent again", invitation, actor=actor, at=at, n=invitation.sendings)
    # One that the mail server did not take yet says the same.
    _take_back(invitation)
    _send(invitation, at)
    return invitation


@transaction.atomic
def withdraw(invitation, *, actor, at):
    """The link opens nothing any more, and a letter that still waits is not sent. Returns whether it was
    open until now."""
    invitation = _locked(invitation)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        return False
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    _take_back(invitation)
    log.record("invitation withdrawn", invitation, actor=actor, at=at)
    return True


def _locked(invitation):
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("cohort__course")
        .get(pk=invitation.pk)
    )


def _take_back(invitation):
    posting.withdraw(Letter.objects.filter(pk=invitation.letter_id))


def _send(invitation, at):
    course = invitation.cohort and invitation.cohort.course
    invitation.letter = posting.post(
        f"invitation:{invitation.uuid}:{invitation.sendings}",
        "courses/mail/invitation",
        at=at,
        address=invitation.address,
        name=invitation.full_name,
        programme=course.neutral_title if course else "",
        link=settings.SITE_URL + reverse("invitation", args=[token_of(invitation)]),
        expires_at=invitation.expires_at,
    )
    invitation.save(update_fields=["letter"])
