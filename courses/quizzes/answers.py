"""Answers as they arrive and as they count. Pure."""

import hashlib
import json
import uuid
from collections import namedtuple
from datetime import datetime, timedelta

MAX_BATCH = 200
MAX_SEQUENCE = 2**63 - 1
MAX_OFFSET = 10 * 365 * 24 * 3600 * 1000

Event = namedtuple("Event", "uuid attempt n payload device device_seq client_at offset")


class Malformed(ValueError):
    """An event that no form and no device of ours sends."""


def read_event(raw):
    """An Event from whatever was sent, or Malformed."""
    if not isinstance(raw, dict):
        raise Malformed("not an object")
    seq, offset = raw.get("device_seq"), raw.get("offset")
    device = raw.get("device") or ""
    if not isinstance(device, str) or len(device) > 40 or not (device.isascii() and device.isprintable()):
        raise Malformed("device")
    if seq is not None and not (_whole(seq) and 0 <= seq <= MAX_SEQUENCE and device):
        raise Malformed("device_seq")
    if offset is not None and not (_whole(offset) and abs(offset) <= MAX_OFFSET):
        raise Malformed("offset")
    if not _whole(raw.get("n")) or not 1 <= raw["n"] <= 1000:
        raise Malformed("n")
    return Event(
        uuid=_uuid(raw.get("uuid")),
        attempt=_uuid(raw.get("attempt")),
        n=raw["n"],
        payload=raw.get("payload"),
        device=device,
        device_seq=seq,
        client_at=_moment(raw.get("client_at")),
        offset=offset,
    )


def sha256_of(payload):
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def renamed(event_uuid, item_id, sha256):
    """The uuid of an answer that came under another answer's uuid: browser Back, then another
    choice. Always the same one, so that posting it twice is still a duplicate."""
    return uuid.uuid5(event_uuid, f"{item_id}:{sha256}")


def effective_at(event, *, started_at, received_at):
    """When the answer was given by the server's clock, as far as a device can be believed:
    not before the attempt began, not after it arrived."""
    if event.client_at is None or event.offset is None:
        return received_at
    given = event.client_at + timedelta(milliseconds=event.offset)
    return min(max(given, started_at), received_at)


def in_order(events):
    """Sorted here and not in SQL: databases disagree about where rows without a sequence go."""
    return sorted(events, key=lambda e: (e.effective_at, -1 if e.device_seq is None else e.device_seq, e.id))


def that_count(events):
    """{item id: event}: the last effective answer of each item."""
    return {event.item_id: event for event in in_order(events)}


def _whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _uuid(value):
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str) or len(value) > 45:
        raise Malformed("uuid")
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Malformed("uuid") from None


def _moment(value):
    if value is None:
        return None
    if isinstance(value, str) and len(value) <= 40:
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise Malformed("client_at") from None
    if not isinstance(value, datetime) or value.tzinfo is None or not 2000 < value.year < 2200:
        raise Malformed("client_at")
    return value
