"""Where somebody stands with the scenarios of a course, in one query."""

from dataclasses import dataclass
from uuid import UUID

from courses.choices import RunState
from courses.drills.scenarios.models import Run


@dataclass
class DrillStanding:
    """One person and one drill, in one cycle of the course."""

    key: UUID
    open_uuid: UUID | None = None
    tries: int = 0
    # {"uuid", "score", "title"} of the first that passed, or None.
    passing: dict | None = None
    best_score: int | None = None


def standings(enrolment, keys):
    """{key: DrillStanding} for every key; `enrolment` None: nothing was started, and nothing is asked."""
    found = {key: DrillStanding(key) for key in keys}
    if enrolment is not None and found:
        rows = _rows(person=enrolment.person_id, cycle=enrolment.cycle, credit_key__in=list(found))
        for row in rows:
            _add(found[row["credit_key"]], row)
    return found


def standings_of_many(enrolments, keys):
    """{enrolment id: {key: DrillStanding}} for enrolments of one course."""
    found = {one.pk: {key: DrillStanding(key) for key in keys} for one in enrolments}
    if found and keys:
        for row in _rows(enrolment__in=list(found), credit_key__in=list(keys)):
            _add(found[row["enrolment_id"]][row["credit_key"]], row)
    return found


def _rows(**which):
    return (
        Run.objects.filter(**which)
        .exclude(state=RunState.LEFT)
        .with_latest_marking()
        .order_by("started_at", "pk")
        .values("enrolment_id", "uuid", "credit_key", "state", "score", "passed", "edition__title")
    )


def _add(standing, row):
    if row["state"] == RunState.OPEN:
        standing.open_uuid = row["uuid"]
        return
    standing.tries += 1
    standing.best_score = max(row["score"], standing.best_score or 0)
    if row["passed"] and standing.passing is None:
        standing.passing = {"uuid": row["uuid"], "score": row["score"], "title": row["edition__title"]}
