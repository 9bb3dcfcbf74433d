"""Scores before and after, counted in groups: how many people went from which score to which.

Read one row at a time. What is kept is no more than the counts, however many people there are.
"""

from collections import Counter, defaultdict
from itertools import groupby
from operator import itemgetter

from django.db.models import F
from django.db.models.functions import Coalesce

from courses.enrolment.cohorts import CohortMember
from lms.reports.figures.scope import NONE
from lms.reports.figures.training import COMPLETION, Tested

EVERYBODY, COURSE, WORKSHOP, COHORT, AGENCY = "everybody", "course", "workshop", "cohort", "agency"
AT_ONCE = 2000


def tested(scope):
    """The Tested of this scope."""
    return scope.within(Tested.objects.all())


def read(scope):
    """{EVERYBODY, COURSE, ...: {key: {(before, after): how many people}}}, in two queries.

    In each group everybody is once, with the first of their pairs; the key of EVERYBODY is "". A course
    is that on line alone. In a cohort is who was its member when the second test was handed in.
    """
    rows = tested(scope).order_by("owner", "at", "pk")
    rows = rows.values_list("owner", "at", "before", "after", "kind", "course", "workshop", "agency")
    found = defaultdict(lambda: defaultdict(Counter))
    cohorts = _Cohorts(scope)
    for owner, theirs in groupby(rows.iterator(chunk_size=AT_ONCE), itemgetter(0)):
        seen, memberships = set(), cohorts.of(owner)
        for _owner, at, before, after, kind, course, workshop, agency in theirs:
            groups = [(EVERYBODY, ""), (AGENCY, NONE if agency is None else agency)]
            if kind == COMPLETION:
                groups.append((COURSE, course))
                groups += [(COHORT, one) for one, of, *time in memberships if of == course and _is_in(at, time)]
            else:
                groups.append((WORKSHOP, workshop))
            for group in groups:
                if group not in seen:
                    seen.add(group)
                    found[group[0]][group[1]][before, after] += 1
    return found


def in_cohort(scope, cohort):
    """The keys of the people behind a cohort's row."""
    owner = Coalesce("person__merged_into_id", "person_id")
    theirs = cohort.members.annotate(owner=owner).values_list("owner", "joined_at", "left_at")
    times = defaultdict(list)
    for one, *time in theirs:
        times[one].append(time)
    rows = tested(scope).filter(kind=COMPLETION, course=cohort.course_id, owner__in=times)
    return {one for one, at in rows.values_list("owner", "at") if any(_is_in(at, time) for time in times[one])}


def _is_in(at, time):
    joined_at, left_at = time
    return joined_at <= at and (left_at is None or at <= left_at)


class _Cohorts:
    """Who was in which, read in step with people in the order of their keys."""

    def __init__(self, scope):
        rows = CohortMember.objects.annotate(
            owner=Coalesce("person__merged_into_id", "person_id"), course=F("cohort__course")
        )
        if scope.course.isdigit():
            rows = rows.filter(course=scope.course)
        rows = rows.order_by("owner", "cohort_id", "joined_at")
        rows = rows.values_list("owner", "cohort_id", "course", "joined_at", "left_at")
        self.groups = groupby(rows.iterator(chunk_size=AT_ONCE), itemgetter(0))
        self.next = self._read()

    def of(self, owner):
        """[(cohort, its course, since, until), ...] of this person. Ask in order, and of each once."""
        while self.next is not None and self.next[0] < owner:
            self.next = self._read()
        return self.next[1] if self.next is not None and self.next[0] == owner else []

    def _read(self):
        found = next(self.groups, None)
        return found and (found[0], [row[1:] for row in found[1]])
