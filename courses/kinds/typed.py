"""Kinds whose answer is typed: shared by the short answer and the number. Pure."""

import unicodedata

from courses.kinds import answering
from courses.kinds.answering import BadAnswer

MAX_LENGTH = 200
# Left out: what cannot be seen, and comes with some keyboards.
UNSEEN = {"Cc", "Cf"}
# Refused: what is no character at all, or belongs to nobody.
NONSENSE = {"Cn", "Co", "Cs"}


def check_text(payload):
    """What was typed, in one line and one spelling of its accents; None for "not sure"."""
    text = answering.given(payload, "text")
    if text is None and answering.is_not_sure(payload):
        return None
    if not isinstance(text, str):
        raise BadAnswer("malformed")
    # Decomposing makes at most 18 characters of one: this is no refusal of what fits afterwards.
    if len(text) > 20 * MAX_LENGTH:
        raise BadAnswer("too_long")
    line = one_line(text)
    if not line:
        raise BadAnswer("nothing_written")
    if len(line) > MAX_LENGTH:
        raise BadAnswer("too_long")
    if any(unicodedata.category(character) in NONSENSE for character in line):
        raise BadAnswer("malformed")
    return line


def one_line(text):
    spaced = " ".join(str(text).split())
    seen = "".join(character for character in spaced if unicodedata.category(character) not in UNSEEN)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def text_fields(payload):
    text = (payload or {}).get("text")
    return {"options": [], "rows": [], "parts": [], "typed": text if isinstance(text, str) else ""}


def typed_words(payload):
    return [payload["text"]] if payload and "text" in payload else []
