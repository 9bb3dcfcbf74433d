"""What the runs of scenarios came to, as `drills.standing` reads them."""

from functools import partial

from django.db.models import F, Q

from courses.choices import RunState
from courses.drills import standing
from courses.drills.scenarios.models import Run


def _rows(enrolments, keys):
    return (
        Run.objects.filter(enrolment__in=enrolments, credit_key__in=keys)
        .exclude(state=RunState.LEFT)
        .with_latest_marking()
        .order_by("started_at", "pk")
        .values(
            *("enrolment", "uuid", "score", "passed"),
            key=F("credit_key"),
            title=F("edition__title"),
            is_open=Q(state=RunState.OPEN),
        )
    )


standings = partial(standing.standings, _rows)
standings_of_many = partial(standing.standings_of_many, _rows)
