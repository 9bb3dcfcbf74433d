"""What goes into a log names nobody, and no address that only one person should know.

Lines of Django tell the whole address of a page that was not found or failed. Some addresses carry the code of
a certificate, an invitation or a new password; what is asked after the question mark may hold names. The words
of an error may hold what somebody typed: PostgreSQL quotes the row that it refused, a mail server the address.
"""

import logging
import re
import sys
import traceback

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
_MAIL = re.compile(r"[^\s@<>()\[\]{}'\",;:=/|]+@[^\s@<>()\[\]{}'\",;:=/|]+")
# Errors that speak of the program, in their first line: it says which constraint, which name, which template.
# What follows it may quote a row.
SPEAKS_OF_THE_PROGRAM = {
    "AttributeError",
    "ImportError",
    "ImproperlyConfigured",
    "IntegrityError",
    "ModuleNotFoundError",
    "NameError",
    "NotImplementedError",
    "OperationalError",
    "ProgrammingError",
    "RecursionError",
    "TemplateDoesNotExist",
    "TemplateSyntaxError",
    "UnboundLocalError",
}
_BEGINS = "Traceback (most recent call last):"
_ANOTHER = ("During handling of the above exception", "The above exception was the direct cause")
_ERROR = re.compile(r"(?P<kind>[\w.]+)(?P<words>:.*)?")


def masked(words):
    words = without_errors_words(words)
    return _MAIL.sub(f"{HIDDEN}@{HIDDEN}", _ASKED.sub(rf"\1?{HIDDEN}", _ADDRESS.sub(rf"/\1{HIDDEN}", words)))


def without_errors_words(text):
    """The text, whose tracebacks say where and what kind of error, but not in which words."""
    if _BEGINS not in text:
        return text
    kept, where = [], "outside"
    for line in text.split("\n"):
        if line.endswith(_BEGINS):
            where = "way"
        elif line.startswith(_ANOTHER):
            kept += [""] if where == "words" else []
            where = "outside"
        elif where == "way" and not line.startswith("  "):
            line, where = _error(line), "words"
        elif where == "words":
            continue  # until another one begins: words may have many lines
        kept.append(line)
    return "\n".join(kept)


def _error(line):
    """The last line of a traceback."""
    found = _ERROR.match(line)
    if found is None:
        return HIDDEN
    kind, words = found["kind"], found["words"]
    if not words or kind.rpartition(".")[2] in SPEAKS_OF_THE_PROGRAM:
        return line
    return f"{kind}: {HIDDEN}"


class Discreet(logging.Formatter):
    """Of every handler, so that it sees the lines of every logger as they would be written."""

    def format(self, record):
        return masked(super().format(record))


def uncaught(kind, error, trace):
    """In place of `sys.excepthook`, where the last words of a program go into a log."""
    sys.stderr.write(masked("".join(traceback.format_exception(kind, error, trace))) + "\n")
