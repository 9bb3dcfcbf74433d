"""Rows as a device sends them, and how far its clock is believed. Pure."""

import unicodedata
import uuid
from collections import namedtuple
from datetime import datetime, timedelta

MAX_BATCH = 200
MAX_OFFSET = 10 * 365 * 24 * 3600 * 1000
MAX_ID = 2**63 - 1
MARKS = ("present", "late", "absent", "undo")
METHODS = ("scan", "name", "paper", "copy", "room")

DeviceRow = namedtuple(
    "DeviceRow", "uuid registration session mark method client_at offset device reason correction cancels"
)


class Malformed(ValueError):
    """A row that no page of ours sends."""


def read_row(raw):
    """A DeviceRow from whatever was sent, or Malformed."""
    if not isinstance(raw, dict):
        raise Malformed("not an object")
    session, offset = raw.get("session"), raw.get("offset")
    if not _whole(session) or not 0 < session <= MAX_ID:
        raise Malformed("session")
    if offset is not None and not (_whole(offset) and abs(offset) <= MAX_OFFSET):
        raise Malformed("offset")
    if raw.get("mark") not in MARKS or raw.get("method") not in METHODS:
        raise Malformed("mark")
    if not isinstance(raw.get("correction", False), bool):
        raise Malformed("correction")
    undo = raw["mark"] == "undo"
    return DeviceRow(
        uuid=as_uuid(raw.get("uuid")),
        registration=as_uuid(raw.get("registration")),
        session=session,
        mark=raw["mark"],
        method=raw["method"],
        client_at=as_moment(raw.get("at")),
        offset=offset,
        device=_text(raw.get("device"), 40),
        reason=_text(raw.get("reason"), 300),
        correction=raw.get("correction", False) and not undo,
        cancels=as_uuid(raw.get("cancels")) if undo else None,
    )


def effective_at(client_at, offset, *, not_before, received_at):
    """When it was by the server's clock, as far as a device can be believed: not before the day of the
    session, not after it arrived."""
    if client_at is None:
        return received_at
    given = client_at + timedelta(milliseconds=offset or 0)
    return min(max(given, not_before), received_at)


def as_uuid(value):
    """A UUID, or Malformed."""
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str) or len(value) > 45:
        raise Malformed("uuid")
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Malformed("uuid") from None


def as_moment(value):
    """A moment of a known time zone, None for nothing, or Malformed."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > 40:
        raise Malformed("at")
    try:
        value = datetime.fromisoformat(value)
    except ValueError:
        raise Malformed("at") from None
    if value.tzinfo is None or not 2000 < value.year < 2200:
        raise Malformed("at")
    return value


def _whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value, longest):
    """One line without characters that cannot be seen."""
    value = " ".join(value.split()) if isinstance(value, str) else "" if value is None else value
    if not isinstance(value, str) or len(value) > longest:
        raise Malformed("text")
    if any(unicodedata.category(character).startswith("C") for character in value):
        raise Malformed("text")
    return value
