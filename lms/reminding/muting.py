"""Each person may do without reminders, by a link in every one of them or on a page of their account."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from courses.audit import log
from courses.mailing.models import Letter
from courses.mailing.posting import withdraw
from courses.people.models import Person
from courses.people.visibility import same_as

# With this the keys of reminders' letters begin.
KEYS = "reminder:"
# The link works for good: who wants no mail must not be told that the way out has expired.
_signer = Signer(salt="lms.reminding")


def stop_address(person):
    """The address of the page on which this person ends reminders, without signing in."""
    return settings.SITE_URL + reverse("reminders_stop", args=[_signer.sign(person.uuid.hex)])


def person_of(token):
    """Whose link it is, or None."""
    try:
        return Person.objects.select_related("merged_into").get(uuid=_signer.unsign(token)).counts_as
    except (BadSignature, Person.DoesNotExist):
        return None


@transaction.atomic
def mute(person, *, actor, at):
    """No reminders any more; what still waits to be sent is taken back."""
    _set(person, True, "reminders muted", actor=actor, at=at)
    withdraw(Letter.objects.filter(person__in=same_as(person), key__startswith=KEYS))


@transaction.atomic
def unmute(person, *, actor, at):
    _set(person, False, "reminders wanted again", actor=actor, at=at)


def _set(person, muted, verb, *, actor, at):
    changed = Person.objects.filter(pk=person.pk, reminders_muted=not muted).update(reminders_muted=muted)
    person.reminders_muted = muted
    if changed:
        log.record(verb, person, actor=actor, at=at)
