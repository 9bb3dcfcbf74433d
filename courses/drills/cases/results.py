"""Where somebody stands with the practice cases of a course, in one query; as `scenarios.results`."""

from django.db.models import OuterRef, Subquery

from courses.drills.cases.models import CaseMarking, CaseRun
from courses.drills.scenarios.results import DrillStanding


def standings(enrolment, keys):
    """{key: DrillStanding} for every key; `enrolment` None: nothing was started, and nothing is asked."""
    if enrolment is None:
        return {key: DrillStanding(key) for key in keys}
    return standings_of_many([enrolment], keys)[enrolment.pk]


def standings_of_many(enrolments, keys):
    """{enrolment id: {key: DrillStanding}} for enrolments of one course."""
    found = {one.pk: {key: DrillStanding(key) for key in keys} for one in enrolments}
    if found and keys:
        for row in _rows(enrolment__in=list(found), case_key__in=list(keys)):
            _add(found[row["enrolment_id"]][row["case_key"]], row)
    return found


def passed_keys(enrolment):
    """The keys of the practice cases that were passed in this enrolment."""
    return {row["case_key"] for row in _rows(enrolment=enrolment) if row["passed"]}


def _rows(**which):
    markings = CaseMarking.objects.filter(run=OuterRef("pk")).order_by("-n")
    runs = CaseRun.objects.filter(**which).annotate(
        score=Subquery(markings.values("score")[:1]), passed=Subquery(markings.values("passed")[:1])
    )
    return runs.order_by("started_at", "pk").values(
        "enrolment_id", "uuid", "case_key", "handed_in_at", "score", "passed", "edition__title"
    )


def _add(standing, row):
    if row["handed_in_at"] is None:
        standing.open_uuid = row["uuid"]
        return
    standing.tries += 1
    standing.best_score = max(row["score"], standing.best_score or 0)
    if row["passed"] and standing.passing is None:
        standing.passing = {"uuid": row["uuid"], "score": row["score"], "title": row["edition__title"]}
