"""Which records may be one person. Pure: names and numbers in, pairs out; a person decides.

Records are grouped by what they share, so that five thousand cost no more than five thousand look-ups.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from courses.people.names import loose_key

NAME, NUMBER, PHONE, PART = "name", "number", "phone", "part"
# In a larger group each is shown beside the next alone: a name that everybody has tells nothing.
ALL_WITH_ALL = 6
# Of a longer name only its first parts are looked at.
MOST_PARTS = 6
# "7" is the number of many; shorter ones count only where the names share a part.
TELLING_NUMBER = 4


@dataclass(frozen=True)
class Record:
    """What is compared. `agency` is any key, or None."""

    pk: int
    name: str
    agency: int | None = None
    number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Pair:
    """Two keys, the lower first, and why they are alike: NAME, NUMBER, PHONE or PART, the strongest first."""

    one: int
    other: int
    why: tuple


def alike(records):
    """Pairs of records that may be one person, in the order of their first keys."""
    records = sorted(records, key=lambda record: record.pk)
    parts = {record.pk: loose_key(record.name).split() for record in records}
    found = defaultdict(set)
    for why, pairs in (
        (PHONE, _grouped(records, lambda one: one.phone)),
        (NUMBER, _same_number(records, parts)),
        (NAME, _grouped(records, lambda one: " ".join(parts[one.pk]))),
        (PART, _contained(records, parts)),
    ):
        for one, other in pairs:
            found[min(one, other), max(one, other)].add(why)
    order = (PHONE, NUMBER, NAME, PART)
    return [
        Pair(one, other, tuple(why for why in order if why in reasons))
        for (one, other), reasons in sorted(found.items())
    ]


def _grouped(records, key):
    groups = defaultdict(list)
    for record in records:
        shared = key(record)
        if shared:
            groups[shared].append(record.pk)
    for group in groups.values():
        yield from combinations(group, 2) if len(group) <= ALL_WITH_ALL else zip(group, group[1:], strict=False)


def _same_number(records, parts):
    """One service number, whatever agency it stands with: agencies are entered twice, too."""
    numbers = {one.pk: "".join(sign for sign in one.number.casefold() if sign.isalnum()) for one in records}
    for one, other in _grouped(records, lambda record: numbers[record.pk]):
        if len(numbers[one]) >= TELLING_NUMBER or set(parts[one]) & set(parts[other]):
            yield one, other


def _contained(records, parts):
    """A name that is part of another in the same agency: Marva Louis, Marva Louis-James."""
    whole = defaultdict(list)
    for record in records:
        if len(parts[record.pk]) > 1:
            whole[record.agency, tuple(parts[record.pk])].append(record.pk)
    for record in records:
        mine = parts[record.pk][:MOST_PARTS]
        for size in range(2, len(mine)):
            for some in combinations(mine, size):
                for shorter in whole.get((record.agency, some), ())[:ALL_WITH_ALL]:
                    yield shorter, record.pk
