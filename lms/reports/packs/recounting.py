"""Every table of a pack, counted from its frozen rows. Pure: rows in, rows of tables out.

The kinds of rows, by "row":
"training": one person's training in the period: kind, day, person (the key within this pack), agency,
    sector, sex, title, workshop (a key or ""), minutes, counted, first, funder.
"certificate": number, kind, day, person, title, issued (in the period), in_force (at its end), sex, agency.
"workshop": key, day, title, topic, place, funder, partner, trainers, awareness, reached, women.
"tested": one person with both tests: kind, day, person, name, agency, title, workshop. No mark.
"learnt": the median marks, before and after, of `n` people: kind, and title where it is one course. No person.
"scores": in packs of schema 1 in place of both: when ("before" or "after"), score, n. No person.
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
    # {(kind, title): people}, {(kind, title): the row of "learnt"}; all workshops are (WORKSHOP, "").
    tested: dict = field(default_factory=lambda: defaultdict(set))
    learnt: dict = field(default_factory=dict)
    # Of schema 1.
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

    def gain(self, kind, title=""):
        """(people with both tests, median before, median after): the medians None of fewer than FEW."""
        n, row = len(self.tested[kind, title]), self.learnt.get((kind, title))
        if row is None or n < FEW:
            return n, None, None
        return n, row["before"], row["after"]

    def gain_of_scores(self, when):
        """[people with both tests, median] of schema 1."""
        marks = sorted(self.scores[when].elements())
        if len(marks) < FEW:
            return [len(marks), None]
        middle = len(marks) // 2
        both = marks[middle] if len(marks) % 2 else (marks[middle - 1] + marks[middle]) / 2
        return [len(marks), int(both) if both == int(both) else both]


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


def _tested(counted, row):
    title = "" if row["kind"] == "workshop" else row["title"]
    counted.tested[row["kind"], title].add(row["person"])


def _learnt(counted, row):
    counted.learnt[row["kind"], row["title"]] = row


ADD = {
    "training": _training,
    "certificate": _certificate,
    "workshop": _workshop,
    "tested": _tested,
    "learnt": _learnt,
    "scores": _scores,
}


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
        "gain": _gain(counted),
        "gain-courses": [[title, *counted.gain("completion", title)] for title in courses_tested(counted)],
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


def _gain(counted):
    if any(counted.scores.values()):
        return [[when, *counted.gain_of_scores(when)] for when in ("before", "after")]
    n, before, after = counted.gain("workshop")
    return [["before", n, before], ["after", n, after]]


def courses_tested(counted):
    """Titles of courses on line with somebody who has both tests: the most people first."""
    found = [(title, len(people)) for (kind, title), people in counted.tested.items() if kind == "completion"]
    return [title for title, n in sorted(found, key=lambda pair: (-pair[1], pair[0])) if n]


def _often(counted):
    found = Counter(min(n, len(OFTEN)) for n in counted.times.values())
    return [[words, found[n]] for n, words in enumerate(OFTEN, start=1)]


def _workshops_of(counted, funder):
    return sum(1 for row in counted.held if row["funder"] == funder)
