"""Handing letters to the mail server: each at most once, and tried again while it refuses."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from courses.choices import LetterState
from courses.mailing.models import Letter

WAITS = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720)]


def send(letter_id, *, at):
    """Send one letter that is due. Returns whether the mail server took it now."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state != LetterState.QUEUED or letter.next_try_at > at:
            return False
        # Written down before it leaves: who is killed in between must not send it twice.
        letter.state, letter.tries = LetterState.SENDING, letter.tries + 1
        letter.save(update_fields=["state", "tries"])
    try:
        _message(letter).send()
    except OSError as error:  # smtplib's errors are among them
        letter.state, letter.answer = LetterState.QUEUED, str(error)[:300]
        letter.next_try_at = at + WAITS[min(letter.tries, len(WAITS)) - 1]
    else:
        letter.state, letter.sent_at, letter.answer = LetterState.SENT, at, ""
    letter.save(update_fields=["state", "answer", "next_try_at", "sent_at"])
    return letter.state == LetterState.SENT


def _message(letter):
    message = EmailMessage(
        letter.subject,
        letter.body,
        settings.DEFAULT_FROM_EMAIL,
        [letter.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )
    for part in letter.attachments:
        message.attach(part["name"], part["text"], part["type"])
    return message
