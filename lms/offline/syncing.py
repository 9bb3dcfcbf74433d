"""One address for everything that waited on a device: each item gets a definite answer."""

from collections import namedtuple
from itertools import groupby

from courses.arriving import Malformed, as_uuid
from lms.offline.items import MALFORMED, REFUSED, UNKNOWN_KIND, Reply, read_item
from lms.offline.kinds import KINDS
from lms.offline.wording import refused_in_words

# Who sends: the person and the log-in, the device's name, its `offset` as of a Batch, and when it arrived.
Sender = namedtuple("Sender", "person user device offset at")


def take(raw_items, sender):
    """The Reply to each item, in order. Neighbours of one kind are taken together: they are quicker so."""
    replies, readable = {}, []
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
    for kind, neighbours in groupby(readable, key=lambda one: one[1].kind):
        places, items = zip(*neighbours, strict=True)
        replies.update(zip(places, KINDS[kind].take(items, sender), strict=True))
    return [replies[place] for place in sorted(replies)]


def _name_of(raw):
    """By which the device knows it, if it has a name at all."""
    try:
        return as_uuid(raw.get("uuid")) if isinstance(raw, dict) else None
    except Malformed:
        return None
