"""Where somebody stands with the drills of a course, whichever kind they are."""

from dataclasses import dataclass
from uuid import UUID


@dataclass
class DrillStanding:
    """One person and one drill, in one cycle of the course."""

    key: UUID
    open_uuid: UUID | None = None
    tries: int = 0
    # {"uuid", "score", "title"} of the first that passed, or None.
    passing: dict | None = None
    best_score: int | None = None

    def add(self, row):
        """`row`: a run, {"uuid", "is_open", "score", "passed", "title"}; the oldest comes first."""
        if row["is_open"]:
            self.open_uuid = row["uuid"]
            return
        self.tries += 1
        self.best_score = max(row["score"], self.best_score or 0)
        if row["passed"] and self.passing is None:
            self.passing = {name: row[name] for name in ("uuid", "score", "title")}


def standings(rows, enrolment, keys):
    """{key: DrillStanding} for every key; `enrolment` None: nothing was started, and nothing is asked.

    `rows(enrolments=…, keys=…)`: the runs of a kind of drill as `DrillStanding.add` takes them, each with its
    "enrolment" and "key".
    """
    if enrolment is None:
        return {key: DrillStanding(key) for key in keys}
    return standings_of_many(rows, [enrolment], keys)[enrolment.pk]


def standings_of_many(rows, enrolments, keys):
    """{enrolment id: {key: DrillStanding}} for enrolments of one course, in one query."""
    found = {one.pk: {key: DrillStanding(key) for key in keys} for one in enrolments}
    if found and keys:
        for row in rows(enrolments=list(found), keys=list(keys)):
            found[row["enrolment"]][row["key"]].add(row)
    return found
