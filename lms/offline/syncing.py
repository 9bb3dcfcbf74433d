"""One address for everything that waited on a device: each item gets a definite answer."""

import logging
from collections import namedtuple
from itertools import groupby

from django.db import InterfaceError, OperationalError

from courses.arriving import Malformed, as_uuid
from lms.offline.items import MALFORMED, REFUSED, UNKNOWN_KIND, Reply, read_item
from lms.offline.kinds import KINDS
from lms.offline.wording import refused_in_words

# Who sends: the person and the log-in, the device's name, its `offset` as of a Batch, and when it arrived.
Sender = namedtuple("Sender", "person user device offset at")
# The database is busy, or gone for a moment: said of the whole batch, which comes again.
BUSY = (OperationalError, InterfaceError)

# After it, no answer to the same attempt is in time.
ENDS = {"hand_in"}

logger = logging.getLogger(__name__)


def take(raw_items, sender):
    """The Reply to each item, in order. Neighbours of one kind are taken together: they are quicker so.

    One that fails as nobody foresaw gets no reply: its device keeps it and sends it again, and the others
    are not held up. Only what would shut the door on it waits with it.
    """
    replies, readable, failed = {}, [], set()
    for place, raw in enumerate(raw_items):
        try:
            item = read_item(raw)
        except Malformed:
            replies[place] = Reply(_name_of(raw), REFUSED, MALFORMED, refused_in_words(MALFORMED))
            continue
        if item.kind in KINDS:
            readable.append((place, item))
        else:
            replies[place] = Reply(item.uuid, REFUSED, UNKNOWN_KIND, refused_in_words(UNKNOWN_KIND))
    for name, neighbours in groupby(readable, key=lambda one: one[1].kind):
        kind = KINDS[name]
        places, items = zip(*neighbours, strict=True)
        waits = failed if name in ENDS else set()
        for place, item, reply in zip(places, items, _taken(kind, items, sender, waits), strict=True):
            if reply is not None:
                replies[place] = reply
            else:
                failed.add(_about(item))
    return [replies[place] for place in sorted(replies)]


def _taken(kind, items, sender, waits):
    """A Reply to each, or None for one that failed, or is about what `waits`."""
    if not waits:
        try:
            return kind.take(items, sender)
        except BUSY:
            raise
        except Exception:
            if len(items) == 1:
                logger.exception("What a device sent could not be taken: %s", items[0].kind)
                return [None]
    # Each by itself: one of them is the reason.
    return [None if _about(item) in waits else _taken(kind, [item], sender, set())[0] for item in items]


def _about(item):
    """The attempt of an item; its own name where it has none."""
    attempt = item.said.get("attempt")
    return attempt if isinstance(attempt, str) else item.uuid


def _name_of(raw):
    """By which the device knows it, if it has a name at all."""
    try:
        return as_uuid(raw.get("uuid")) if isinstance(raw, dict) else None
    except Malformed:
        return None
