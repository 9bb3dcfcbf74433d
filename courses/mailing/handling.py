"""What the office does with letters that did not arrive."""

from django.db import transaction

from courses.audit import log
from courses.choices import LetterState
from courses.mailing.lines import is_address
from courses.mailing.models import Letter
from courses.mailing.tasks import send_letter
from courses.mailing.verdicts import LONGEST


class NotSo(Exception):
    """Meanwhile the letter is in another state, or its text is purged."""


@transaction.atomic
def send_again(letter, *, actor, at, address=""):
    """Queue a letter that failed, came back or may not have arrived, to another `address` if one is given."""
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    address = address or locked.address
    if not locked.may_be_sent_again or not is_address(address):
        raise NotSo
    was, locked.state = locked.state, LetterState.QUEUED
    locked.address, locked.tries, locked.answer = address, 0, ""
    locked.next_try_at, locked.sent_at, locked.set_aside_at = at, None, None
    locked.save(update_fields=["state", "address", "tries", "answer", "next_try_at", "sent_at", "set_aside_at"])
    log.record("letter sent again", locked, actor=actor, at=at, was=was)
    send_letter.enqueue(locked.pk)


@transaction.atomic
def came_back(letter, words, *, actor, at):
    """A notice arrived later that the letter could not be delivered; `words` are the notice's."""
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if not locked.may_have_come_back:
        raise NotSo
    locked.state, locked.answer, locked.set_aside_at = LetterState.BOUNCED, words[:LONGEST], None
    locked.save(update_fields=["state", "answer", "set_aside_at"])
    log.record("letter came back", locked, actor=actor, at=at)


@transaction.atomic
def set_aside(letter, *, actor, at):
    """The office has seen it: it no longer stands among what needs somebody."""
    changed = Letter.objects.troubled().filter(pk=letter.pk).update(set_aside_at=at)
    if changed:
        log.record("letter set aside", letter, actor=actor, at=at)
    return bool(changed)
