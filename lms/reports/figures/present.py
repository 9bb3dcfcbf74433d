"""The people who are here today, narrowed by what a report is narrowed to; and sets of them with their lists.

What is counted elsewhere stands where it was earned. Here a person counts where they work now: a target is
for those whom an agency has, and one asks after people who are still there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import CharField, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.choices import Approval
from courses.people.models import Person
from lms.reports.figures.scope import NONE
from lms.reports.figures.training import Certified

# The filters that say where and who somebody is, and so are asked of today.
OF_TODAY = {"agency": "", "sector": "", "sex": "", "only_agency": None}


@dataclass(frozen=True)
class Crowd:
    """A set of people with its words. `people(scope)`: a query for Person, each once; the list is as long."""

    name: str
    title: str
    # What is counted and how.
    definition: str
    people: Callable

    def listed(self, scope):
        return self.people(scope).with_place().order_by("full_name", "pk")


def here(scope):
    """Everybody who has not left and was not refused, merged records as one."""
    today = timezone.localdate()
    people = Person.objects.current().exclude(approval=Approval.REFUSED)
    people = people.filter(Q(left_on=None) | Q(left_on__gt=today))
    if scope.only_agency is not None:
        people = people.filter(agency=scope.only_agency)
    if scope.agency:
        people = people.filter(agency=None if scope.agency == NONE else scope.agency)
    if scope.sector:
        # As Person.sector_code.
        code = Coalesce("sector__code", "agency__sector__code", output_field=CharField())
        people = people.annotate(path_code=code)
        people = people.filter(path_code=None if scope.sector == NONE else scope.sector)
    if scope.sex:
        stated = ["female", "male"]
        people = people.exclude(sex__in=stated) if scope.sex == NONE else people.filter(sex=scope.sex)
    return people


def certified(scope):
    """Those of them who hold a certificate in force, wherever they earned it."""
    earned = replace(scope, **OF_TODAY).in_place(Certified.objects.in_force(scope.day))
    return here(scope).filter(pk__in=earned.order_by().values("owner"))
