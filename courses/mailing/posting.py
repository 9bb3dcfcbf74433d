"""Writing a letter. The worker sends it; see `sending`."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from courses.choices import LetterState
from courses.mailing.lines import LONGEST_ADDRESS, is_address, one_line
from courses.mailing.models import Letter
from courses.mailing.tasks import send_letter

LONGEST_SUBJECT = 200


@transaction.atomic
def post(
    key,
    template,
    *,
    at,
    person=None,
    address="",
    reply_to="",
    attachments=(),
    not_before=None,
    unsubscribe_url="",
    always=False,
    **context,
):
    """Queue one letter and return it, or None where there is no address to send it to.

    `key` names what the letter is about (such as "reminder:due:<uuid>:7"): posting it again returns the
    letter there is and sends nothing. `template` is a path without ending: `<template>_subject.txt` and
    `<template>.txt` are rendered in the person's language with `person`, `site_url` and `context`.
    `address` is used where there is no person, or in place of the log-in's. `attachments`:
    [{"name": ..., "type": ..., "text": ...}]. Part of the caller's transaction: the queue is a table.
    It leaves now, or at `not_before`. `unsubscribe_url` is told to the reader's mail program. `always`:
    also to somebody who was turned away or has left. What is no address comes back at once.
    """
    if person is not None:
        # Of somebody who only has a log-in in a merged record, that log-in's address.
        address = address or person.counts_as.email or person.email
        person = person.counts_as
    address = one_line(address)
    if not address:
        return None
    reply_to = reply_to if is_address(reply_to) else ""
    with translation.override(person.language if person is not None else settings.LANGUAGE_CODE):
        facts = {"person": person, "site_url": settings.SITE_URL, "can_reply": bool(reply_to), **context}
        subject = one_line(render_to_string(f"{template}_subject.txt", facts))
        body = render_to_string(f"{template}.txt", facts).replace("\0", "")
    can_be_sent = is_address(address)
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "address": address[:LONGEST_ADDRESS],
            "subject": subject[:LONGEST_SUBJECT],
            "body": body,
            "reply_to": reply_to,
            "attachments": list(attachments),
            "unsubscribe_url": unsubscribe_url,
            "always": always,
            "state": LetterState.QUEUED if can_be_sent else LetterState.BOUNCED,
            "answer": "" if can_be_sent else _("This is not an e-mail address."),
            "posted_at": at,
            "next_try_at": max(at, not_before or at),
        },
    )
    if is_new and can_be_sent:
        send_letter.enqueue(letter.pk)
    return letter


def withdraw(letters):
    """Take back those of a query set that still wait: what they say is no longer so. Returns how many."""
    return letters.filter(state=LetterState.QUEUED).update(state=LetterState.WITHDRAWN)
