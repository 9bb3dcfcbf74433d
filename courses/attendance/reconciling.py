"""What a log of sign-ins adds up to. Pure: rows in the order they came, one presence out.

Earliest presence wins, an explicit correction beats all, and an undo takes back the row it names.
A sign-in by the wall code counts once the room is confirmed: by itself it is UNCONFIRMED.
"""

from dataclasses import dataclass
from datetime import datetime

PRESENT, LATE, ABSENT, UNCONFIRMED, UNDO = "present", "late", "absent", "unconfirmed", "undo"
WALL = "wall"


@dataclass(frozen=True)
class Row:
    """One row of the log. `cancels`: the id of the row an UNDO takes back."""

    id: int
    mark: str
    method: str
    at: datetime
    correction: bool = False
    cancels: int | None = None


def reconcile(rows, *, late_after):
    """(presence, arrived at), or (None, None) where nothing counts. `late_after`: a time, or None."""
    undone = {row.cancels for row in rows if row.mark == UNDO}
    rows = [row for row in rows if row.mark != UNDO and row.id not in undone]
    arrivals = [row.at for row in rows if row.mark in (PRESENT, LATE)]
    earliest = min(arrivals, default=None)
    words = [row for row in rows if row.correction]
    if words:
        word = words[-1]
        return word.mark, None if word.mark == ABSENT else word.at
    if earliest is None:
        return (ABSENT, None) if rows else (None, None)
    if all(row.method == WALL for row in rows if row.mark in (PRESENT, LATE)):
        return UNCONFIRMED, earliest
    return LATE if late_after is not None and earliest > late_after else PRESENT, earliest
