"""The audit log as one chain of hashes, by a rule that a stranger can follow with any tool.

1. Each entry becomes one line of JSON (RFC 8259, UTF-8, no blanks between tokens, characters as they are,
   keys sorted by code point) with the keys actor_id, actor_name, at, facts, id, object_id, object_type, verb.
   `at` is UTC as 2026-03-02T12:00:00.000000Z, always with six digits. Numbers without a fraction are written
   as whole numbers (1.0 and 1e2 are 1 and 100): PostgreSQL keeps them so, SQLite does not.
2. The entry's hash is the SHA-256 of that line, without a line end, as 64 small hexadecimal digits.
3. An entry of the verb "erased" tells in its facts, under "redacted", what a lawful erasure did to other
   entries: a list of [key, hash before, hash after]. Such an entry counts in the chain with its hash before,
   as long as what it says today has the hash after. Where several erasures touched one entry, each
   begins with the hash at which the one before it ended.
4. The chain begins with 64 noughts. For each entry, in order of its key (`id`), it becomes the SHA-256 of the
   text "<chain so far><hash of the entry>", again as 64 hexadecimal digits.

The last value stands for the whole log: whoever changes, removes or puts in one entry changes it. The erasing
entry is itself in the chain, so what was erased after a digest was kept can be counted and looked up.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass

BEGINNING = "0" * 64
KEYS = ("actor_id", "actor_name", "at", "facts", "id", "object_id", "object_type", "verb")

# The verb of rule 3, and where its facts list what was redacted.
ERASED, REDACTED = "erased", "redacted"

CHANGED, REMOVED, PUT_IN = "changed", "removed", "put in"


@dataclass(frozen=True)
class Digest:
    """How many entries there are, the key of the last (0 of none), and the chain after it."""

    entries: int
    last: int
    sha256: str


@dataclass(frozen=True)
class Difference:
    """The first entry, by its key, at which two logs differ, and how: CHANGED, REMOVED or PUT_IN."""

    key: int
    kind: str


def line(entry):
    """Rule 1. `entry` is a mapping with KEYS; `at` a datetime that knows its zone."""
    at = entry["at"].astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    facts = {**{key: entry[key] for key in KEYS}, "at": at, "facts": _plain(entry["facts"])}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def hash_of(entry):
    """Rule 2."""
    return hashlib.sha256(line(entry)).hexdigest()


def steps_of(facts):
    """{key: [(hash before, hash after), ...]} of the facts of erasing entries, in order of their keys."""
    steps = {}
    for one in facts:
        for key, before, after in one.get(REDACTED, ()):
            steps.setdefault(key, []).append((before, after))
    return steps


def counted_as(hashed, steps):
    """Rule 3: the hash with which an entry counts whose content has `hashed` today.

    Where the steps do not lead to what it says, it counts as it is: so tampering shows.
    """
    found = hashed
    for before, after in reversed(steps):
        if after != found:
            return hashed
        found = before
    return found


def link(so_far, hashed):
    """Rule 4, one step."""
    return hashlib.sha256((so_far + hashed).encode()).hexdigest()


def follow(hashes):
    """Yields the Digest after each of (key, hash), which come in order of their keys."""
    so_far = BEGINNING
    for count, (key, hashed) in enumerate(hashes, start=1):
        so_far = link(so_far, hashed)
        yield Digest(count, key, so_far)


def end_of(hashes):
    """The Digest after the last of (key, hash)."""
    digest = Digest(0, 0, BEGINNING)
    for digest in follow(hashes):  # noqa: B007
        pass
    return digest


def first_difference(kept, today):
    """The first Difference of today's log from the one that was kept, or None.

    Both are (key, hash) in order of their keys. What came after the last kept entry is no difference.
    """
    today = iter(today)
    for key, hashed in kept:
        now = next(today, None)
        if now is None or now[0] > key:
            return Difference(key, REMOVED)
        if now[0] < key:
            return Difference(now[0], PUT_IN)
        if now[1] != hashed:
            return Difference(key, CHANGED)
    return None


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
