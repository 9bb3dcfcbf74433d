"""Marks as a device sends them, and how far its clock is believed. Pure."""

import unicodedata
from collections import namedtuple
from datetime import timedelta

from courses import arriving
from courses.arriving import Malformed, as_uuid, is_whole

MAX_ID = 2**63 - 1
MARKS = ("present", "late", "absent", "undo")
METHODS = ("scan", "name", "paper", "copy", "room")

# `registration` may be the name of a walk-in that was entered on the same device.
DeviceRow = namedtuple("DeviceRow", "uuid registration session mark method client_at reason correction cancels")


def read_row(raw):
    """A DeviceRow from whatever was sent, or Malformed. Its name and its time are read already."""
    session = raw.get("session")
    if not is_whole(session) or not 0 < session <= MAX_ID:
        raise Malformed("session")
    if raw.get("mark") not in MARKS or raw.get("method") not in METHODS:
        raise Malformed("mark")
    if not isinstance(raw.get("correction", False), bool):
        raise Malformed("correction")
    undo = raw["mark"] == "undo"
    return DeviceRow(
        uuid=raw["uuid"],
        registration=as_uuid(raw.get("registration")),
        session=session,
        mark=raw["mark"],
        method=raw["method"],
        client_at=raw["client_at"],
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


def as_moment(value):
    """As `arriving.as_moment`; an empty field of a form is nothing."""
    return arriving.as_moment(None if value == "" else value)


def _text(value, longest):
    """One line without characters that cannot be seen."""
    value = " ".join(value.split()) if isinstance(value, str) else "" if value is None else value
    if not isinstance(value, str) or len(value) > longest:
        raise Malformed("text")
    if any(unicodedata.category(character).startswith("C") for character in value):
        raise Malformed("text")
    return value
