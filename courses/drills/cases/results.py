"""What filled-in practice cases came to, as `drills.standing` reads them."""

from functools import partial

from django.db.models import F, OuterRef, Q, Subquery

from courses.drills import standing
from courses.drills.cases.models import CaseMarking, CaseRun


def _rows(enrolments, keys):
    markings = CaseMarking.objects.filter(run=OuterRef("pk")).order_by("-n")
    runs = CaseRun.objects.filter(enrolment__in=enrolments, case_key__in=keys).order_by("started_at", "pk")
    return runs.values(
        *("enrolment", "uuid"),
        key=F("case_key"),
        title=F("edition__title"),
        is_open=Q(handed_in_at=None),
        score=Subquery(markings.values("score")[:1]),
        passed=Subquery(markings.values("passed")[:1]),
    )


standings = partial(standing.standings, _rows)
standings_of_many = partial(standing.standings_of_many, _rows)
