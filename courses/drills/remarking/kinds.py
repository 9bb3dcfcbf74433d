"""Both kinds of drill, as marking them again needs them."""

from dataclasses import dataclass

from django.db import models

from courses.choices import DrillKind, RunState
from courses.drills.cases import marking as case_marking
from courses.drills.cases.models import CaseEdition, CaseMarking, CaseRun
from courses.drills.cases.pages import CasePage
from courses.drills.scenarios import marking as scenario_marking
from courses.drills.scenarios.models import Run, RunMarking, ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage


@dataclass(frozen=True)
class Kind:
    name: str
    page: type[models.Model]
    edition: type[models.Model]
    run: type[models.Model]
    marking: type[models.Model]
    # The field of an edition that names its drill; that of a run that names what it counts for; of a
    # RepairedRun that leads to it.
    key: str
    credit: str
    row: str
    # When a run was over, and what is true of one that is.
    over_at: str
    over: dict
    # What of an edition no list reads.
    large: tuple
    result_of: object

    def newest_editions(self, key):
        """{locale: the newest edition}."""
        return {one.locale: one for one in self.edition.objects.filter(**{self.key: key}).order_by("n")}

    def listed(self, runs):
        """With `over_at`, and `score` and `passed` of the marking that counts; without what no list reads."""
        last = self.marking.objects.filter(run=models.OuterRef("pk")).order_by("-n")
        marked = {name: models.Subquery(last.values(name)[:1]) for name in ("score", "passed")}
        runs = runs.annotate(over_at=models.F(self.over_at), **marked).select_related("edition")
        return runs.defer(*(f"edition__{name}" for name in self.large))

    def played(self, key):
        """Every run of the drill, whatever it counted for."""
        return self.run.objects.filter(**{f"edition__{self.key}": key})

    def concerned(self, key, editions):
        """Those that are over, and were played with another edition than these {locale: id}."""
        older = models.Q()
        for locale, pk in editions.items():
            n = self.edition.objects.filter(pk=pk).values("n")
            older |= models.Q(edition__locale=locale, edition__n__lt=models.Subquery(n))
        return self.played(key).filter(older, **self.over) if editions else self.run.objects.none()


SCENARIO = Kind(
    name=DrillKind.SCENARIO,
    page=ScenarioPage,
    edition=ScenarioEdition,
    run=Run,
    marking=RunMarking,
    key="scenario_key",
    credit="credit_key",
    row="run",
    over_at="ended_at",
    over={"state": RunState.ENDED},
    large=("story",),
    result_of=scenario_marking.result_of,
)
CASE = Kind(
    name=DrillKind.CASE,
    page=CasePage,
    edition=CaseEdition,
    run=CaseRun,
    marking=CaseMarking,
    key="case_key",
    credit="case_key",
    row="case_run",
    over_at="handed_in_at",
    over={"handed_in_at__isnull": False},
    large=("pages", "key"),
    result_of=case_marking.result_of,
)
KINDS = {kind.name: kind for kind in (SCENARIO, CASE)}
