"""What is behind each number of a pack: its list, from the frozen rows. Pure.

A list is known by its name (see LISTS) and by what it is narrowed to: one row of a table (`by` and `value`)
and one sex. Hours are behind their minutes; heads of awareness events and marks have no list: of heads there
are no names, and no mark is told of anybody.
"""

from collections import Counter
from dataclasses import dataclass

from lms.reports.packs.recounting import OFTEN, SEXES


@dataclass(frozen=True)
class Listed:
    """`of`: the rows it is made of; `people`: each person once, with their last row; `when(row)`: which."""

    of: str
    people: bool = False
    when: object = lambda _row: True


LISTS = {
    "people": Listed("training", people=True),
    "first-time": Listed("training", people=True, when=lambda row: row["first"]),
    "before": Listed("training", people=True, when=lambda row: not row["first"]),
    "trainings": Listed("training"),
    "attendances": Listed("training", when=lambda row: row["kind"] == "workshop"),
    "completions": Listed("training", when=lambda row: row["kind"] == "completion"),
    "hours": Listed("training"),
    "workshops": Listed("workshop", when=lambda row: not row["awareness"]),
    "awareness": Listed("workshop", when=lambda row: row["awareness"]),
    "issued": Listed("certificate", when=lambda row: row["issued"]),
    "in-force": Listed("certificate", when=lambda row: row["in_force"]),
    "certified": Listed("certificate", people=True, when=lambda row: row["in_force"]),
    "tested": Listed("tested", people=True),
}
# By what a list can be narrowed: {name: what a row has there}; None where it has none.
BY = {
    "agency": lambda row: row.get("agency"),
    "sector": lambda row: row.get("sector"),
    "sex": lambda row: row.get("sex"),
    "month": lambda row: row["day"][:7],
    "kind": lambda row: row.get("kind"),
    "course": lambda row: row["title"] if row.get("kind") == "completion" else None,
    "funder": lambda row: row.get("funder") if row.get("kind", "workshop") == "workshop" else None,
    "workshop": lambda row: row.get("workshop"),
    "title": lambda row: row["title"],
}
# Not of one row: how many trainings the person has.
BY_TIMES = "times"
WOMEN, MEN, UNKNOWN = SEXES
_OF_PLACE = {
    1: ("people", None),
    2: ("people", WOMEN),
    3: ("people", MEN),
    4: ("people", UNKNOWN),
    5: ("attendances", None),
    6: ("completions", None),
    7: ("hours", None),
}
# {table: (by what its rows are told apart, {place of a column: (list, one sex or None)})}
CELLS = {
    "agencies": ("agency", _OF_PLACE),
    "sectors": ("sector", _OF_PLACE),
    "sexes": (
        "sex",
        {
            1: ("people", None),
            2: ("first-time", None),
            3: ("attendances", None),
            4: ("completions", None),
            5: ("hours", None),
        },
    ),
    "months": (
        "month",
        {1: ("people", None), 2: ("attendances", None), 3: ("completions", None), 4: ("hours", None)},
    ),
    "workshops": (
        "workshop",
        {
            5: ("people", None),
            6: ("people", WOMEN),
            7: ("people", MEN),
            8: ("people", UNKNOWN),
            9: ("hours", None),
        },
    ),
    "first": ("agency", {1: ("people", None), 2: ("first-time", None), 3: ("before", None)}),
    "often": (BY_TIMES, {1: ("people", None)}),
    "ways": ("kind", {1: ("people", None), 2: ("trainings", None), 3: ("hours", None)}),
    "courses": (
        "course",
        {
            1: ("people", None),
            2: ("people", WOMEN),
            3: ("people", MEN),
            4: ("people", UNKNOWN),
            5: ("completions", None),
            6: ("hours", None),
        },
    ),
    "funders": (
        "funder",
        {1: ("workshops", None), 2: ("people", None), 3: ("attendances", None), 4: ("hours", None)},
    ),
    "gain-courses": ("course", {1: ("tested", None)}),
    "certificates": ("title", {1: ("issued", None), 2: ("in-force", None)}),
}
# Tables whose rows all have the same list, whatever their first value is.
ALIKE = {"gain": {1: ("tested", "kind", "workshop")}}


def listed(name, rows, by="", value="", sex=None):
    """The rows behind a number: as many as it says. An unknown `name` or `by` is a KeyError."""
    one, narrow = LISTS[name], BY.get(by)
    if by and by != BY_TIMES and narrow is None:
        raise KeyError(by)
    found = (row for row in rows if row["row"] == one.of and one.when(row))
    found = [row for row in found if narrow is None or narrow(row) == value]
    if by == BY_TIMES:
        found = _of_times(found, value)
    if one.people:
        found = list({row["person"]: row for row in found}.values())
    # Of a person in several rows, the sex of the last: so the tables count it.
    return found if sex is None else [row for row in found if row["sex"] == sex]


def _of_times(rows, value):
    times = Counter(row["person"] for row in rows)
    return [row for row in rows if OFTEN[min(times[row["person"]], len(OFTEN)) - 1] == value]


def address_of(table, place, key):
    """What leads to the list behind a cell, {"name", "by", "value", "sex"}; None where there is none.

    `key`: by what its row is known.
    """
    if table in ALIKE and place in ALIKE[table]:
        name, by, value = ALIKE[table][place]
        return {"name": name, "by": by, "value": value}
    by, places = CELLS.get(table, ("", {}))
    if key is None or place not in places:
        return None
    name, sex = places[place]
    found = {"name": name, "by": by, "value": key}
    return found if sex is None else found | {"sex": sex}
