"""Every table of a pack, counted from its frozen rows. Pure: rows in, rows of tables out.

The kinds of rows, by "row":
"training": one person's training in the period: kind, day, person (the key within this pack), agency,
    sector, sex, title, workshop (a key or ""), minutes, counted, first, funder.
"certificate": number, day, person, title, issued (in the period), in_force (at its end), sex, agency.
"workshop": key, day, title, topic, place, funder, partner, trainers, awareness, reached, women.
"scores": how many had a score: when ("before" or "after"), score, n. No person.
"material": what was taught with; nothing is counted of it.

Hours are minutes divided by sixty, to one decimal, halves upward.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

# As `courses.room.reckoning.FEW`: of fewer people no mark is given.
FEW = 5
SEXES = ("female", "male", "")
OFTEN = ("1", "2", "3", "4+")
NONE = ""


def hours(minutes):
    """A whole number where it is one."""
    tenths = (minutes * 10 + 30) // 60
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


@dataclass
class Group:
    """What one value of a column comes to."""

    people: dict = field(default_factory=dict)  # {person: sex}
    first: set = field(default_factory=set)
    attendances: int = 0
    completions: int = 0
    minutes: int = 0
    rows: int = 0
    agencies: set = field(default_factory=set)

    def add(self, row):
        self.people[row["person"]] = row["sex"]
        self.attendances += row["kind"] == "workshop"
        self.completions += row["kind"] == "completion"
        self.minutes += row["counted"]
        self.rows += 1
        if row["agency"]:
            self.agencies.add(row["agency"])
        if row["first"]:
            self.first.add(row["person"])

    @property
    def sexes(self):
        """How many women, men, and people of whom it is not stated."""
        found = Counter(self.people.values())
        return [found[sex] for sex in SEXES]


@dataclass
class Counted:
    """All that was counted. `groups`: {column: {value: Group}}."""

    whole: Group = field(default_factory=Group)
    groups: dict = field(default_factory=lambda: defaultdict(lambda: defaultdict(Group)))
    times: Counter = field(default_factory=Counter)
    workshops: dict = field(default_factory=dict)
    issued: Counter = field(default_factory=Counter)
    in_force: Counter = field(default_factory=Counter)
    holders: set = field(default_factory=set)
    # {sector code: {workshop: the people of the sector at it}}
    sectors_at: dict = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    scores: dict = field(default_factory=lambda: {"before": Counter(), "after": Counter()})
    rows: int = 0

    def add(self, row):
        self.rows += 1
        ADD.get(row["row"], lambda _counted, _row: None)(self, row)

    @property
    def held(self):
        """The workshops that somebody attended, in order of their days."""
        found = [row for row in self.workshops.values() if not row["awareness"]]
        return sorted(found, key=lambda row: (row["day"], row["key"]))

    @property
    def awareness(self):
        found = [row for row in self.workshops.values() if row["awareness"]]
        return sorted(found, key=lambda row: (row["day"], row["key"]))

    def of(self, column):
        """[(value, Group), ...]: the largest first, the unknown last."""
        found = self.groups[column].items()
        return sorted(found, key=lambda pair: (pair[0] == NONE, -len(pair[1].people), pair[0]))

    def median(self, when):
        """The middle mark; None where fewer than FEW have one."""
        marks = sorted(self.scores[when].elements())
        if len(marks) < FEW:
            return None
        middle = len(marks) // 2
        both = marks[middle] if len(marks) % 2 else (marks[middle - 1] + marks[middle]) / 2
        return int(both) if both == int(both) else both


def _training(counted, row):
    counted.whole.add(row)
    counted.times[row["person"]] += 1
    values = {
        "agency": row["agency"],
        "sector": row["sector"],
        "sex": row["sex"],
        "month": row["day"][:7],
        "kind": row["kind"],
    }
    if row["kind"] == "workshop":
        values |= {"workshop": row["workshop"], "funder": row["funder"]}
        counted.sectors_at[row["sector_code"]][row["workshop"]].add(row["person"])
    if row["kind"] == "completion":
        values["course"] = row["title"]
    for column, value in values.items():
        counted.groups[column][value].add(row)


def _certificate(counted, row):
    counted.issued[row["title"]] += row["issued"]
    counted.in_force[row["title"]] += row["in_force"]
    if row["in_force"]:
        counted.holders.add(row["person"])


def _workshop(counted, row):
    counted.workshops[row["key"]] = row


def _scores(counted, row):
    counted.scores[row["when"]][row["score"]] += row["n"]


ADD = {"training": _training, "certificate": _certificate, "workshop": _workshop, "scores": _scores}


def count(rows):
    """The Counted of these rows, which may come one at a time."""
    counted = Counted()
    for row in rows:
        counted.add(row)
    return counted


# --- Tables -----------------------------------------------------------------------------


def tables(counted, months):
    """{name of the table: its rows}. `months`: ["2026-01", ...], every month of the period."""
    return {
        "figures": [list(pair) for pair in figures(counted).items()],
        "agencies": [
            [name, len(one.people), *one.sexes, one.attendances, one.completions, hours(one.minutes)]
            for name, one in counted.of("agency")
        ],
        "sectors": [
            [name, len(one.people), *one.sexes, one.attendances, one.completions, hours(one.minutes)]
            for name, one in counted.of("sector")
        ],
        "sexes": [
            [sex, len(one.people), len(one.first), one.attendances, one.completions, hours(one.minutes)]
            for sex in SEXES
            for one in [counted.groups["sex"].get(sex, Group())]
        ],
        "months": [
            [month, len(one.people), one.attendances, one.completions, hours(one.minutes)]
            for month in months
            for one in [counted.groups["month"].get(month, Group())]
        ],
        "workshops": [_held(row, counted.groups["workshop"][row["key"]]) for row in counted.held],
        "first": [
            [name, len(one.people), len(one.first), len(one.people) - len(one.first)]
            for name, one in counted.of("agency")
        ],
        "often": _often(counted),
        "ways": [[kind, len(one.people), one.rows, hours(one.minutes)] for kind, one in counted.of("kind")],
        "courses": [
            [title, len(one.people), *one.sexes, one.completions, hours(one.minutes)]
            for title, one in counted.of("course")
        ],
        "funders": [
            [name, _workshops_of(counted, name), len(one.people), one.attendances, hours(one.minutes)]
            for name, one in counted.of("funder")
        ],
        "gain": [
            [when, sum(counted.scores[when].values()), counted.median(when)] for when in ("before", "after")
        ],
        "certificates": [
            [title, counted.issued[title], counted.in_force[title]]
            for title in sorted({*counted.issued, *counted.in_force})
        ],
        "awareness": [
            [*(row[name] for name in ("day", "title", "topic", "place")), row["reached"], row["women"]]
            for row in counted.awareness
        ],
    }


def figures(counted):
    """{figure: value}: the figures that stand first, by the names they have in `figures.defined`."""
    whole = counted.whole
    return {
        "people": len(whole.people),
        "first-time": len(whole.first),
        "attendances": whole.attendances,
        "completions": whole.completions,
        "hours": hours(whole.minutes),
        "workshops": len(counted.held),
        "issued": sum(counted.issued.values()),
        "in-force": sum(counted.in_force.values()),
        "certified": len(counted.holders),
    }


def _held(row, group):
    return [
        *(row[name] for name in ("day", "title", "topic", "place")),
        ", ".join(sorted(group.agencies)),
        len(group.people),
        *group.sexes,
        hours(group.minutes),
        *(row[name] for name in ("funder", "partner", "trainers")),
    ]


def _often(counted):
    found = Counter(min(n, len(OFTEN)) for n in counted.times.values())
    return [[words, found[n]] for n, words in enumerate(OFTEN, start=1)]


def _workshops_of(counted, funder):
    return sum(1 for row in counted.held if row["funder"] == funder)


# --- What is behind a figure ------------------------------------------------------------


def listed(name, rows, by="", value=""):
    """The rows behind a figure of `figures`, as many as it says; of people, the last row of each.

    `by` and `value`: of one row of a table alone, see BY.
    """
    rows = [row for row in rows if row["row"] == ROW_OF[name] and BEHIND[name](row)]
    if by:
        rows = [row for row in rows if BY[by](row) == value]
    return list({row["person"]: row for row in rows}.values()) if name in OF_PEOPLE else rows


OF_PEOPLE = {"people", "first-time", "certified"}
ROW_OF = {
    **dict.fromkeys(["people", "first-time", "attendances", "completions", "hours"], "training"),
    **dict.fromkeys(["issued", "in-force", "certified"], "certificate"),
    "workshops": "workshop",
}
BEHIND = {
    "people": lambda row: True,
    "first-time": lambda row: row["first"],
    "attendances": lambda row: row["kind"] == "workshop",
    "completions": lambda row: row["kind"] == "completion",
    "hours": lambda row: True,
    "workshops": lambda row: not row["awareness"],
    "issued": lambda row: row["issued"],
    "in-force": lambda row: row["in_force"],
    "certified": lambda row: row["in_force"],
}
# By what a list can be narrowed: {name: the value of a row of "training"}; None where it has none.
BY = {
    "agency": lambda row: row["agency"],
    "sector": lambda row: row["sector"],
    "sex": lambda row: row["sex"],
    "month": lambda row: row["day"][:7],
    "kind": lambda row: row["kind"],
    "course": lambda row: row["title"] if row["kind"] == "completion" else None,
    "funder": lambda row: row["funder"] if row["kind"] == "workshop" else None,
}
# Tables whose first number is one of people, and by what their rows are told apart.
TOLD_BY = {
    "agencies": "agency",
    "sectors": "sector",
    "sexes": "sex",
    "months": "month",
    "ways": "kind",
    "courses": "course",
    "funders": "funder",
    "first": "agency",
}
