"""Handing letters to the mail server: each at most once, and tried again while it refuses.

Who sends a letter takes it first, by one UPDATE that only one of several can win, and writes down
what came of it afterwards. Whoever is killed in between leaves it taken: nobody knows then whether it
was sent, and it is shown to the office instead of being sent a second time.
"""

from datetime import timedelta
from email.errors import MessageError
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from courses.choices import LetterState
from courses.mailing.lines import one_line
from courses.mailing.models import FINISHED, Letter
from courses.mailing.verdicts import WAITS, Verdict, verdict_of, wait_after, words_of
from courses.people.roles import may_get_mail

AT_ONCE = 200
LOST_AFTER = timedelta(minutes=15)
PURGED_AFTER = timedelta(weeks=6)
# Of a letter that cannot even be written down as a mail.
UNWRITABLE = (ValueError, TypeError, LookupError, MessageError)


def send_due(*, clock, most=AT_ONCE):
    """Send the letters that are due, over one connection. Returns how many the mail server took.

    `clock` is asked again for each: a slow server may take minutes. Several may run at once.
    """
    taken = 0
    server = get_connection()
    try:
        due = Letter.objects.due(clock()).order_by("next_try_at", "pk")
        for letter_id in list(due.values_list("pk", flat=True)[:most]):
            try:
                server.open()
            except OSError as error:  # smtplib's errors are among them
                _postpone_all(words_of(error), at=clock())
                break
            letter = _take(letter_id, at=clock())
            if letter is None:
                continue
            verdict, words = _hand_over(letter, server)
            _write_down(letter, verdict, words, at=clock())
            taken += verdict is None
            if verdict is Verdict.AWAY:
                _postpone_all(words, at=clock())
                break
    finally:
        _hang_up(server)
    return taken


def mark_lost(*, at):
    """Letters whose sender was killed in between are shown as uncertain. Returns how many."""
    lost = Letter.objects.filter(state=LetterState.SENDING, tried_at__lt=at - LOST_AFTER)
    return lost.update(state=LetterState.UNCERTAIN)


def purge_texts(*, at):
    """Forget what was written some weeks ago; that it was written stays. Returns how many."""
    old = Letter.objects.filter(state__in=FINISHED, next_try_at__lt=at - PURGED_AFTER).exclude(body="")
    return old.update(body="", attachments=[], unsubscribe_url="")


def _take(letter_id, *, at):
    """The letter, if it is still to be sent and this is who sends it; else None."""
    letter = Letter.objects.select_related("person__merged_into").get(pk=letter_id)
    unwanted = letter.person and not letter.always and not may_get_mail(letter.person, timezone.localdate(at))
    waiting = Letter.objects.due(at).filter(pk=letter_id)
    if unwanted:
        waiting.update(state=LetterState.WITHDRAWN)
        return None
    if not waiting.update(state=LetterState.SENDING, tries=F("tries") + 1, tried_at=at):
        return None
    letter.refresh_from_db(fields=["state", "tries", "tried_at"])
    return letter


def _hand_over(letter, server):
    """(None, "") if the mail server took it, else (the verdict, its words)."""
    try:
        message = _message(letter)
        message.message()
    except UNWRITABLE as error:
        return Verdict.REFUSED, words_of(error)
    try:
        server.send_messages([message])
    except OSError as error:
        verdict = verdict_of(error, handed_over=getattr(server, "handing_over", False))
        _hang_up(server)
        return verdict, words_of(error)
    return None, ""


def _write_down(letter, verdict, words, *, at):
    facts = {"answer": words}
    if verdict is None:
        facts |= {"state": LetterState.SENT, "sent_at": at}
    elif verdict is Verdict.UNKNOWN:
        facts |= {"state": LetterState.UNCERTAIN}
    elif verdict is Verdict.CAME_BACK:
        facts |= {"state": LetterState.BOUNCED}
    elif verdict is Verdict.REFUSED or wait_after(letter.tries) is None:
        facts |= {"state": LetterState.FAILED}
    else:
        facts |= {"state": LetterState.QUEUED, "next_try_at": at + wait_after(letter.tries)}
    # Unless it was marked as lost and somebody has sent it again meanwhile.
    mine = Letter.objects.filter(
        pk=letter.pk, tries=letter.tries, state__in=[LetterState.SENDING, LetterState.UNCERTAIN]
    )
    mine.update(**facts)


def _postpone_all(words, *, at):
    """The mail server is away: what is due waits as if each letter had been tried, without asking again."""
    due = Letter.objects.due(at)
    due.filter(tries__gte=len(WAITS)).update(state=LetterState.FAILED, answer=words)
    for tries, wait in enumerate(WAITS):
        due.filter(tries=tries).update(tries=tries + 1, tried_at=at, next_try_at=at + wait, answer=words)


def _hang_up(server):
    try:
        server.close()
    except OSError:
        # What was sent was sent; there is nothing left to say to it.
        server.connection = None


def _message(letter):
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{letter.uuid}@{domain}>", "Auto-Submitted": "auto-generated"}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(
        letter.subject,
        letter.body,
        sender,
        [letter.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    for part in letter.attachments:
        message.attach(one_line(part["name"]), part["text"], part["type"])
    return message
