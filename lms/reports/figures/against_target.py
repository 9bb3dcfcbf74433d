"""Who is trained in each agency, against how many should be."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from courses.people.models import Agency
from lms.reports.figures.labels import NOT_STATED
from lms.reports.figures.present import Crowd, certified
from lms.reports.figures.scope import NONE

# From this share of the target on nobody needs to be told.
NEARLY = 75

TRAINED = Crowd(
    "trained",
    _("People trained now"),
    _(
        "Everybody who works there today and holds at least one certificate in force at the end of the period "
        "(today, while it runs), wherever it was earned. The target is the front-line staff entered for the "
        "agency."
    ),
    certified,
)


@dataclass(frozen=True)
class Row:
    """`key` is what the filter takes; `pk` None and `target` None of people whose agency is not known."""

    key: str
    pk: int | None
    name: str
    trained: int
    target: int | None

    @property
    def share(self):
        """Whole per cent of the target, rounded down: 99.9 is not yet all."""
        return self.trained * 100 // self.target if self.target else None

    @property
    def missing(self):
        return max(0, self.target - self.trained) if self.target else None


def rows(scope):
    """[Row, ...]: with a target first, the furthest from it first; then the others by name. Two queries."""
    found = dict(TRAINED.people(scope).order_by().values_list("agency").annotate(Count("pk")))
    agencies = Agency.objects.filter(Q(retired=False) | Q(pk__in=[key for key in found if key]))
    if scope.only_agency is not None:
        agencies = agencies.filter(pk=scope.only_agency)
    if scope.agency:
        agencies = agencies.filter(pk=0 if scope.agency == NONE else scope.agency)
    if scope.sector:
        # Also one of another sector some of whose people are of this one.
        agencies = agencies.filter(Q(sector__code=scope.sector) | Q(pk__in=[key for key in found if key]))
    known = [
        Row(str(pk), pk, name, found.get(pk, 0), headcount or None)
        for pk, name, headcount in agencies.values_list("pk", "name", "headcount")
    ]
    known.sort(key=lambda row: (row.share is None, row.share or 0, row.name))
    unknown = found.get(None, 0)
    return [*known, Row(NONE, None, str(NOT_STATED), unknown, None)] if unknown else known
