"""Calendar files, as RFC 5545 has them. Pure.

What a telephone shows on its locked screen comes from here: the caller gives neutral words.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

CRLF = "\r\n"
OCTETS = 75
PUBLISH, CANCEL = "PUBLISH", "CANCEL"


@dataclass(frozen=True)
class Event:
    """One entry. `uid` stays for life; `sequence` grows whenever times or place change."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    sequence: int = 0
    cancelled: bool = False


def calendar(events, *, at, organizer, method=PUBLISH):
    """The text of a calendar file. `at`: when it is made; `organizer`: an e-mail address.

    By the method CANCEL every entry is taken out of the calendar that has it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Learning//Training sessions//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]
    for event in events:
        lines += _entry(event, at, organizer, event.cancelled or method == CANCEL)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) + CRLF for line in lines)


def _entry(event, at, organizer, cancelled):
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{utc(at)}",
        f"DTSTART:{utc(event.starts_at)}",
        f"DTEND:{utc(event.ends_at)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"ORGANIZER:mailto:{organizer}",
        f"SUMMARY:{escape(event.summary)}",
    ]
    if event.location:
        lines.append(f"LOCATION:{escape(event.location)}")
    return [*lines, "CLASS:PRIVATE", "TRANSP:OPAQUE", "END:VEVENT"]


def utc(moment):
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape(text):
    """A text value: what would end it or begin another is marked, and controls are left out."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(character for character in text if character >= " " and character != "\x7f")


def fold(line):
    """Lines of 75 octets at most; each after the first begins with a space. No letter is cut in two."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return CRLF.join(pieces)
