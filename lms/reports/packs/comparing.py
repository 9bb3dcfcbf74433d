"""In what two packs differ, table by table. Pure.

A row of a table is known by its first value; where several rows share it, by their order.
"""

from collections import Counter
from dataclasses import dataclass

MOST = 300


@dataclass(frozen=True)
class Difference:
    """`was` and `now` are values, or None where the whole row is new or gone (`heading` is "" then)."""

    table: str
    row: str
    heading: str
    was: object
    now: object


def differences(before, after):
    """[Difference, ...] of two lists of tables, {"title", "headings", "rows"} with their "name"."""
    found, old = [], {table["name"]: table for table in before}
    for table in after:
        rows_before = _rows(old.pop(table["name"], {"rows": []}))
        rows_after = _rows(table)
        for key in [*rows_before, *(key for key in rows_after if key not in rows_before)]:
            found += _of_row(table, key, rows_before.get(key), rows_after.get(key))
    for table in old.values():
        found += [Difference(table["title"], key[0], "", str(row), None) for key, row in _rows(table).items()]
    return found


def _of_row(table, key, was, now):
    if was is None or now is None:
        return [Difference(table["title"], key[0], "", _said(was), _said(now))]
    together = zip(table["headings"], was, now, strict=False)
    return [Difference(table["title"], key[0], head, a, b) for head, a, b in together if a != b]


def _said(row):
    return None if row is None else ", ".join(str(value) for value in row[1:] if value not in (None, ""))


def _rows(table):
    seen, found = Counter(), {}
    for row in table["rows"]:
        name = str(row[0])
        found[name, seen[name]] = row
        seen[name] += 1
    return found
