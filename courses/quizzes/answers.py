"""Answers as they arrive and as they count. Pure."""

import hashlib
import json
import uuid
from collections import namedtuple
from datetime import timedelta

from courses.arriving import Malformed, as_moment, as_offset, as_uuid, is_whole

MAX_SEQUENCE = 2**63 - 1

Event = namedtuple("Event", "uuid attempt n payload device device_seq client_at offset")


def read_event(raw):
    """An Event from whatever was sent, or Malformed."""
    if not isinstance(raw, dict):
        raise Malformed("not an object")
    seq = raw.get("device_seq")
    device = raw.get("device") or ""
    if not isinstance(device, str) or len(device) > 40 or not (device.isascii() and device.isprintable()):
        raise Malformed("device")
    if seq is not None and not (is_whole(seq) and 0 <= seq <= MAX_SEQUENCE and device):
        raise Malformed("device_seq")
    if not is_whole(raw.get("n")) or not 1 <= raw["n"] <= 1000:
        raise Malformed("n")
    return Event(
        uuid=as_uuid(raw.get("uuid")),
        attempt=as_uuid(raw.get("attempt")),
        n=raw["n"],
        payload=raw.get("payload"),
        device=device,
        device_seq=seq,
        client_at=as_moment(raw.get("client_at")),
        offset=as_offset(raw.get("offset")),
    )


def sha256_of(payload):
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def renamed(event_uuid, item_id, sha256):
    """The uuid of an answer that came under another answer's uuid: browser Back, then another
    choice. Always the same one, so that posting it twice is still a duplicate."""
    return uuid.uuid5(event_uuid, f"{item_id}:{sha256}")


def effective_at(event, *, started_at, received_at, before=(), after=()):
    """When the answer was given by the server's clock, as far as a device can be believed:
    not before the attempt began, not after it arrived.

    `before` and `after` are the effective times of this device's answers to the same question that it
    counted lower and higher. Within one device its own count decides, whatever its clock did in between.
    """
    if event.client_at is None or event.offset is None:
        given = received_at
    else:
        given = event.client_at + timedelta(milliseconds=event.offset)
    given = min(max(given, started_at), received_at)
    return min([max([given, *before]), *after])


def in_order(events):
    """Sorted here and not in SQL: databases disagree about where rows without a sequence go."""
    return sorted(events, key=_place)


def _place(event):
    # What was not written yet came last.
    seq = -1 if event.device_seq is None else event.device_seq
    return event.effective_at, seq, float("inf") if event.id is None else event.id


def that_count(events):
    """{item id: event}: the last effective answer of each item."""
    return {event.item_id: event for event in in_order(events)}
