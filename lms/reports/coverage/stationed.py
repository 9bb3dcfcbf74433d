"""Who works where today, and who of them is trained: counted by post in the database.

Stationed is who is approved, has not left, and whose post is one of the own agency; records that were merged
are one person. Trained is who has any certificate in force. Agencies that are no longer used are left out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Max, Q, When

from courses.choices import Approval
from courses.people.models import Person
from lms.reports.figures.scope import NONE
from lms.reports.figures.training import Certified

# Days to look ahead.
AHEAD = (30, 60, 90)


@dataclass(frozen=True)
class Covered:
    """Of one place. `lapsing`: how many of the trained no longer are after so many days, one of each AHEAD.

    `until`: the last day on which anybody is trained; None where nobody is or `for_good`.
    """

    people: int = 0
    trained: int = 0
    lapsing: tuple = (0,) * len(AHEAD)
    until: date | None = None
    for_good: bool = False

    def is_bare_within(self, days):
        """Whether somebody is trained now, and nobody after so many days."""
        return self.trained > 0 and self.lapsing[AHEAD.index(days)] == self.trained


def stationed(scope, day):
    """People, each with `place`: the key of the post; None of who has none."""
    people = Person.objects.current().filter(approval=Approval.APPROVED)
    people = people.filter(Q(left_on=None) | Q(left_on__gt=day))
    people = people.filter(Q(agency=None) | Q(agency__retired=False))
    return _narrowed(people, scope).annotate(place=_place())


def certified(scope, day):
    """The certificates in force of those who are stationed somewhere, each with its owner's `place`."""
    theirs = stationed(scope, day).order_by().values("pk")
    return Certified.objects.in_force(day).filter(owner__in=theirs).annotate(place=_place("owner__"))


def lasting(rows, day, days):
    """Of these certificates, those that are in force after so many days too."""
    return rows.filter(_lasts(day, days))


def covered(scope, day):
    """{key of the post, or None: Covered} of every place where somebody is; two queries."""
    people = stationed(scope, day).order_by().values_list("place").annotate(Count("pk"))
    after = {f"after_{days}": Count("owner", distinct=True, filter=_lasts(day, days)) for days in AHEAD}
    rows = certified(scope, day).order_by().values("place")
    trained = {
        row["place"]: row
        for row in rows.annotate(
            trained=Count("owner", distinct=True),
            until=Max("valid_until"),
            endless=Count("pk", filter=Q(valid_until=None)),
            **after,
        )
    }
    return {place: _covered(n, trained.get(place)) for place, n in people}


def _covered(people, row):
    if row is None:
        return Covered(people)
    return Covered(
        people=people,
        trained=row["trained"],
        lapsing=tuple(row["trained"] - row[f"after_{days}"] for days in AHEAD),
        until=None if row["endless"] else row["until"],
        for_good=row["endless"] > 0,
    )


def _lasts(day, days):
    return Q(valid_until=None) | Q(valid_until__gte=day + timedelta(days=days))


def _place(path=""):
    return Case(When(**{f"{path}post__agency": F(f"{path}agency"), "then": F(f"{path}post")}), default=None)


def _narrowed(people, scope):
    if scope.only_agency is not None:
        people = people.filter(agency=scope.only_agency)
    if scope.agency:
        people = people.filter(agency=None if scope.agency == NONE else scope.agency)
    if scope.sector:
        # Of an agency its own, whatever path somebody of it studies: a post has that of its agency.
        code = None if scope.sector == NONE else scope.sector
        people = people.filter(Q(agency__sector__code=code) | Q(agency=None, sector__code=code))
    return people
