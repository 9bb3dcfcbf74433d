"""What goes into the log names no address that only one person should know.

Lines of Django tell the whole address of a page that was not found or failed. Some addresses carry the code of
a certificate, an invitation or a new password; what is asked after the question mark may hold names.
"""

import logging
import re

HIDDEN = "…"
# What follows these is a person's own. `tests/lms/test_discreet_logs.py` looks for others among all addresses.
OWN = (
    "verify",
    "v",
    "check-in/p",
    "check-in",
    "join",
    "invitation",
    "my/reminders/stop",
    "accounts/confirm-email",
)
_RESET = r"accounts/password/reset/key"
_ADDRESS = re.compile(rf"(?<![\w-])/((?:{'|'.join(OWN)})/|{_RESET}/)[^\s/?'\")\]]+")
_ASKED = re.compile(r"(/[^\s?]*)\?[^\s'\")\]]+")


def masked(words):
    return _ASKED.sub(rf"\1?{HIDDEN}", _ADDRESS.sub(rf"/\1{HIDDEN}", words))


class Discreet(logging.Filter):
    """Of a handler, so that it sees the lines of every logger."""

    def filter(self, record):
        words = record.getMessage()
        hidden = masked(words)
        if hidden != words:
            record.msg, record.args = hidden, ()
        return True
