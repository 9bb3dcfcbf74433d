"""When a question is published again: is it the same, a slip corrected, or a new meaning? Pure."""

from dataclasses import dataclass

SLIP = "slip"
MEANING = "meaning"


@dataclass(frozen=True)
class Wording:
    kind: str
    sha256: str
    options: frozenset
    # (part id, whether it takes several answers)
    parts: frozenset = frozenset()


@dataclass(frozen=True)
class Edition:
    meaning: int
    slip: int
    wording: Wording


@dataclass(frozen=True)
class Plan:
    meaning: int
    slip: int
    new_edition: bool
    # Why this may not be published: a code, or "".
    refused: str = ""


def plan(before, now, *, change, same_key, answered, newest_meaning):
    """What to freeze.

    `before` is the last Edition in this language (None: there is none), `now` the Wording as
    it is written, `change` what its author says of it ("": nothing yet), `same_key` whether what
    is right stayed, `answered` whether anybody was asked it with this meaning, `newest_meaning`
    that of all languages (None: first of all).
    """
    if before is None:
        locked = answered and not same_key
        return Plan(newest_meaning or 1, 0, True, "key_locked" if locked else "")
    same_wording = before.wording.sha256 == now.sha256
    if same_wording and same_key:
        return Plan(before.meaning, before.slip, False)
    if change == MEANING:
        return Plan(before.meaning + 1, 0, True)
    slip = before.slip if same_wording else before.slip + 1
    refused = _refused(before.wording, now, change, same_key) if answered else ""
    return Plan(before.meaning, slip, not same_wording, refused)


def _refused(before, now, change, same_key):
    if change != SLIP:
        return "change_not_said"
    if before.kind != now.kind:
        return "kind_locked"
    if before.options != now.options:
        return "options_locked"
    if before.parts != now.parts:
        return "parts_locked"
    return "" if same_key else "key_locked"
