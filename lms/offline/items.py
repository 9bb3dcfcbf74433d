"""What waits on a device, as it is sent; and what is answered to each. Pure."""

from collections import namedtuple
from datetime import timedelta

from courses import arriving
from courses.arriving import Malformed, as_moment, as_uuid, is_whole

MAX_ITEMS = 50
MAX_SEQUENCE = 2**63 - 1
# What becomes of an item. Each of them is final: the device may forget it.
ACCEPTED, DUPLICATE, SUPERSEDED, REFUSED = "accepted", "duplicate", "superseded", "refused"
# Reasons of a refusal that every kind has.
ABSENT, MALFORMED, UNKNOWN_KIND = "absent", "malformed", "unknown_kind"

# `said` is the whole object, for the kind to read its own part of.
Item = namedtuple("Item", "kind uuid seq client_at said")
# `words` for the person, "" where nothing needs saying; `address` where to look.
Reply = namedtuple("Reply", "uuid status reason words address", defaults=("", "", ""))


class Batch(namedtuple("Batch", "person device offset items")):
    """`offset`: the server's clock less the device's, in milliseconds, when this arrived. `items`: as they
    were sent, each still to be read."""


def read_batch(raw, *, at):
    """A Batch from whatever was sent at `at`, or Malformed."""
    if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
        raise Malformed("items")
    now = as_moment(raw.get("now"))
    if now is None:
        raise Malformed("now")
    offset = arriving.as_offset(round((at - now) / timedelta(milliseconds=1)))
    return Batch(as_uuid(raw.get("person")), str(as_uuid(raw.get("device"))), offset, raw["items"])


def read_item(raw):
    """An Item, or Malformed."""
    if not isinstance(raw, dict):
        raise Malformed("not an object")
    seq = raw.get("seq")
    if not is_whole(seq) or not 0 <= seq <= MAX_SEQUENCE:
        raise Malformed("seq")
    kind = raw.get("kind")
    if not isinstance(kind, str):
        raise Malformed("kind")
    return Item(kind, as_uuid(raw.get("uuid")), seq, as_moment(raw.get("at")), raw)


def given_at(item, offset, *, earliest, received_at):
    """When it was by the server's clock, as far as a device can be believed."""
    if item.client_at is None:
        return received_at
    return min(max(item.client_at + timedelta(milliseconds=offset), earliest), received_at)
