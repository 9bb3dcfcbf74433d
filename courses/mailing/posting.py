"""Writing a letter. The worker sends it; see `sending`."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from courses.mailing.models import Letter
from courses.mailing.tasks import send_letter


@transaction.atomic
def post(key, template, *, at, person=None, address="", reply_to="", attachments=(), **context):
    """Queue one letter and return it, or None where there is no address to send it to.

    `key` names what the letter is about (such as "reminder:due:<uuid>:7"): posting it again returns the
    letter there is and sends nothing. `template` is a path without ending: `<template>_subject.txt` and
    `<template>.txt` are rendered in the person's language with `person`, `site_url` and `context`.
    `address` is used where there is no person, or in place of the log-in's. `attachments`:
    [{"name": ..., "type": ..., "text": ...}]. Part of the caller's transaction: the queue is a table.
    """
    address = address or (person.email if person is not None else "")
    if not address:
        return None
    with translation.override(person.language if person is not None else settings.LANGUAGE_CODE):
        facts = {"person": person, "site_url": settings.SITE_URL, "can_reply": bool(reply_to), **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", facts).split())
        body = render_to_string(f"{template}.txt", facts)
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "address": address,
            "subject": subject,
            "body": body,
            "reply_to": reply_to,
            "attachments": list(attachments),
            "posted_at": at,
            "next_try_at": at,
        },
    )
    if is_new:
        send_letter.enqueue(letter.pk)
    return letter
