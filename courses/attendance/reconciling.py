"""What a log of sign-ins adds up to. Pure: rows in the order they came, one presence out.

Earliest presence wins, an explicit correction beats all, and an undo takes back the row it names.
A sign-in by the wall code counts once the room is confirmed: by itself it is UNCONFIRMED, and beside
another sign-in its time is not believed, because a photograph of the code can be sent to anybody.
"""

from dataclasses import dataclass
from datetime import datetime

PRESENT, LATE, ABSENT, UNCONFIRMED, UNDO = "present", "late", "absent", "unconfirmed", "undo"
WALL, ROOM = "wall", "room"


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
    words = [row for row in rows if row.correction]
    if words:
        word = words[-1]
        return word.mark, None if word.mark == ABSENT else word.at
    arrivals = [row for row in rows if row.mark in (PRESENT, LATE)]
    if not arrivals:
        return (ABSENT, None) if rows else (None, None)
    seen = [row for row in arrivals if row.method != WALL]
    if not seen:
        return UNCONFIRMED, min(row.at for row in arrivals)
    confirmed = any(row.method == ROOM for row in seen)
    # At the same moment, "here" is kinder than "late"; the order in which rows came does not matter.
    first = min(arrivals if confirmed else seen, key=lambda row: (row.at, row.mark == LATE))
    late = first.mark == LATE or (late_after is not None and first.at > late_after)
    return LATE if late else PRESENT, first.at
