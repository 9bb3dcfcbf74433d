"""What became of an invitation, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.choices import LetterState
from courses.enrolment.inviting import MOST_AGAIN, WAIT


def _day(moment):
    return date_format(timezone.localtime(moment), "j F Y")


def state_in_words(invitation, at):
    """One line. `invitation.letter` should be at hand."""
    state = invitation.state(at)
    if state == "accepted":
        return _("Accepted on %(date)s") % {"date": _day(invitation.accepted_at)}
    if state == "withdrawn":
        return _("Taken back on %(date)s") % {"date": _day(invitation.withdrawn_at)}
    letter = invitation.letter
    answer = f": {letter.answer}" if letter is not None and letter.answer else ""
    if letter is not None and letter.state == LetterState.BOUNCED:
        return _("Came back%(answer)s") % {"answer": answer}
    if letter is not None and letter.state == LetterState.FAILED:
        return _("Could not be sent%(answer)s") % {"answer": answer}
    if state == "expired":
        return _("Lapsed on %(date)s") % {"date": _day(invitation.expires_at)}
    if letter is None or letter.state != LetterState.SENT:
        return _("Waiting to be sent%(answer)s") % {"answer": answer}
    return _("Sent on %(date)s, waiting for an answer") % {"date": _day(letter.sent_at)}


def is_open(invitation):
    return invitation.accepted_at is None and invitation.withdrawn_at is None


def may_be_resent(invitation, at):
    return is_open(invitation) and invitation.sendings <= MOST_AGAIN and at >= invitation.sent_at + WAIT
