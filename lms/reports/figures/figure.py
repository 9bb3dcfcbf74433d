"""A figure: what it counts, in words, and the list behind it. Each is defined once, in `defined`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count

from courses.people.models import Person
from lms.reports.figures import counting, hours
from lms.reports.figures.labels import NOT_STATED, labels_of
from lms.reports.figures.scope import COLUMNS, NONE
from lms.reports.figures.training import Training

# What is counted of the rows: each of them, each person once, the minutes that count.
ROWS, PEOPLE, MINUTES = "rows", "people", "minutes"
MONTH = "month"


@dataclass(frozen=True)
class Part:
    """One share of a figure. `key` is what the filter takes; `NONE` where it is not known."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Figure:
    """`rows(scope)`: the evidence, narrowed: a queryset; of PEOPLE a list of them, one for each kind.

    `by`: by which of Scope's filters, and by "month", it can be divided.
    """

    name: str
    title: str
    # What is counted and how: it stands beside the figure wherever that is shown.
    definition: str
    counts: str
    rows: Callable
    by: tuple = (*COLUMNS, MONTH)
    # What the rows of its list are; of PEOPLE each is a Person.
    of: type = Training
    # (scope): of PEOPLE, the evidence by kind of those who are not counted.
    but: Callable = lambda _scope: ()

    def value(self, scope):
        """A whole number: of MINUTES, minutes."""
        rows = self.rows(scope)
        if self.counts == PEOPLE:
            return counting.people(rows, self.but(scope))
        return hours.counted(rows) if self.counts == MINUTES else rows.count()

    def values(self, scopes):
        """[`value` of each of these]; what they have in common is asked for once."""
        if self.counts == MINUTES:
            return hours.counted_each([self.rows(scope) for scope in scopes])
        return [self.value(scope) for scope in scopes]

    def parts(self, scope, by):
        """[Part, ...], the largest first; by "month", every month of the period in order.

        Parts of people need not add up to the whole: somebody who moved counts in both places.
        Raises ValueError for what it is not divided by.
        """
        if by not in self.by:
            raise ValueError(f"{self.name} is not divided by {by}.")
        if by == MONTH:
            return self._months(scope)
        found = self._grouped(scope, COLUMNS[by])
        known = {key: value for key, value in found.items() if key not in (None, "")}
        labels = labels_of(by, known)
        parts = [Part(str(key), str(labels.get(key, key)), value) for key, value in known.items()]
        parts.sort(key=lambda part: (-part.value, part.label))
        unknown = sum(value for key, value in found.items() if key in (None, ""))
        return [*parts, Part(NONE, str(NOT_STATED), unknown)] if unknown else parts

    def _months(self, scope):
        months = scope.period.months()
        found = self._grouped(scope, MONTH, lambda rows: rows.with_month_of(months))
        names = [f"{month:%Y-%m}" for month in months]
        return [Part(name, name, found.get(name, 0)) for name in names]

    def _grouped(self, scope, column, prepared=lambda rows: rows):
        rows = self.rows(scope)
        if self.counts == PEOPLE:
            return counting.people_by([prepared(one) for one in rows], column, self.but(scope))
        if self.counts == MINUTES:
            return hours.counted_by(prepared(rows), column)
        return dict(prepared(rows).order_by().values_list(column).annotate(n=Count("*")))

    def listed(self, scope):
        """The list behind the figure, in a fixed order: of PEOPLE, one Person each; else the rows.

        It is as long as the figure says; of MINUTES, those that count add up to it.
        """
        rows = self.rows(scope)
        if self.counts != PEOPLE:
            return rows.select_related("owner").order_by("at", "pk")
        people = Person.objects.filter(pk__in=counting.owners(rows, self.but(scope)))
        return people.with_place().order_by("full_name", "pk")
