"""What changed from one edition of a procedure to the next, clause by clause. Pure."""

import re
from collections import namedtuple
from difflib import SequenceMatcher

ADDED, REMOVED, REWORDED, RENUMBERED = "added", "removed", "reworded", "renumbered"
# `key`: what lasts of the clause. All others: as the edition says them, `sectors` as a list of codes.
Wording = namedtuple("Wording", "key number title text steps role time_limit sectors")
# `before` and `after`: Wordings, None where the edition has no such clause. `fields`: {name of a field that
# changed: [(kind, words), ...]}, kind being "same", "out" or "in".
Change = namedtuple("Change", "key kind before after fields")
FIELDS = ("title", "text", "steps", "role", "time_limit")
_WORDS = re.compile(r"\s+|[^\s]+")


def compare(before, after):
    """Changes between two lists of Wordings, each in the order of its edition.

    In the order of the new edition; what was removed stands at the end. A clause whose number alone changed is
    renumbered; one whose words changed is reworded, whatever its number. What did not change is left out.
    """
    old, new = ({wording.key: wording for wording in wordings} for wordings in (before, after))
    changes = []
    for key, wording in new.items():
        was = old.get(key)
        if was is None:
            changes.append(Change(key, ADDED, None, wording, {}))
        elif _plain(was) != _plain(wording):
            changes.append(Change(key, REWORDED, was, wording, _fields(was, wording)))
        elif was.number != wording.number:
            changes.append(Change(key, RENUMBERED, was, wording, {}))
    return changes + [Change(key, REMOVED, was, None, {}) for key, was in old.items() if key not in new]


def words_changed(before, after):
    """[(kind, words), ...] that lead from one text to the other: joined, "same" and "out" give the first text,
    "same" and "in" the second."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found += [(kind, "".join(words)) for kind, words in (("out", old[a:b]), ("in", new[c:d])) if words]
    return found


def _plain(wording):
    """Its words and whom it concerns; how lines are broken does not count."""
    return [" ".join(getattr(wording, name).split()) for name in FIELDS], sorted(wording.sectors)


def _fields(was, wording):
    pairs = {name: (getattr(was, name), getattr(wording, name)) for name in FIELDS}
    changed = {name: words_changed(*pair) for name, pair in pairs.items() if pair[0].split() != pair[1].split()}
    if sorted(was.sectors) != sorted(wording.sectors):
        changed["sectors"] = words_changed(" ".join(sorted(was.sectors)), " ".join(sorted(wording.sectors)))
    return changed
