"""What a failure means for a letter, and how long to wait. Knows smtplib and no Django."""

import re
import smtplib
from datetime import timedelta
from enum import Enum

# Between one try and the next: more than three days in all, in which a mail server is usually repaired.
WAITS = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 720, 720, 720, 720, 720)]
SERVICE_CLOSES = 421
TOO_LARGE = 552
LONGEST = 300


class Verdict(Enum):
    # The server serves nobody now: not this letter, and no other.
    AWAY = "away"
    # Not this letter now.
    LATER = "later"
    # Never to this address.
    CAME_BACK = "came back"
    # Never this letter.
    REFUSED = "refused"
    # It was handed over, and no answer came.
    UNKNOWN = "unknown"


def wait_after(tries):
    """How long to wait after so many tries; None when it is enough."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None


def verdict_of(error, *, handed_over):
    """`handed_over`: the whole letter was on its way when the error came."""
    if handed_over:
        return Verdict.UNKNOWN
    code = _answer(error)[0]
    if code == SERVICE_CLOSES:
        return Verdict.AWAY
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Verdict.CAME_BACK if code >= 500 else Verdict.LATER
    if isinstance(error, smtplib.SMTPDataError):
        return Verdict.REFUSED if code >= 500 else Verdict.LATER
    if code == TOO_LARGE or isinstance(error, smtplib.SMTPNotSupportedError):
        return Verdict.REFUSED
    # The sender's name or password refused, no connection, no time: nothing that the letter could help.
    return Verdict.AWAY


def words_of(error):
    """What the mail server said, on one line."""
    code, words = _answer(error)
    words = words if isinstance(words, str) else words.decode("utf-8", "replace")
    words = f"{code} {words}" if code else words or type(error).__name__
    return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", words).strip()[:LONGEST]


def _answer(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # A letter has one recipient.
        return next(iter(error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return 0, str(error)
