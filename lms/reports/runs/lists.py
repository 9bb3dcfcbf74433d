"""Who played a scenario or filled in a practice case, with what result."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from courses.drills.remarking.kinds import CASE, SCENARIO
from courses.people import roles
from lms.reports.attempts import passed_in_words
from lms.reports.runs.filters import CaseRunFilters, RunFilters
from lms.reports.tables import ResultTable


def address_of(run):
    return reverse("results_case_run" if hasattr(run, "handed_in_at") else "results_run", args=[run.uuid])


class RunsView(ResultTable):
    kind = SCENARIO
    index_url_name = "results_scenario"
    index_results_url_name = "results_scenario_rows"
    filterset_class = RunFilters
    empty = gettext_lazy("Nobody has played this scenario yet. Runs are here as soon as somebody begins.")
    columns = [
        TitleColumn("person", label=gettext_lazy("Person"), sort_key="person__full_name", get_url=address_of),
        Column("person.agency", label=gettext_lazy("Agency"), sort_key="person__agency__name"),
        Column("edition.n", label=gettext_lazy("Edition"), sort_key="edition__n"),
        Column("started_at", label=gettext_lazy("Begun"), sort_key="started_at"),
        Column("over_at", label=gettext_lazy("Finished"), sort_key="over_at"),
        Column("score", label=gettext_lazy("Score, of 100"), sort_key="score"),
        Column("passed", label=gettext_lazy("Passed"), accessor=passed_in_words, sort_key="passed"),
        Column("get_state_display", label=gettext_lazy("State")),
    ]

    def find(self):
        newest = self.kind.newest_editions(self.kwargs["key"])
        if not newest:
            raise Http404
        return newest.get("en") or next(iter(newest.values()))

    def get_page_title(self):
        return self.about.title

    def get_base_queryset(self):
        return self.kind.listed(self.kind.played(self.kwargs["key"])).select_related(
            "person__agency", "edition"
        )

    @property
    def header_buttons(self):
        if not roles.may_repair_keys(self.request.user):
            return []
        url = reverse("drill_repair_propose", args=[self.kind.name, self.kwargs["key"]])
        return [HeaderButton(_("Mark again"), url=url, icon_name="key")]


class CaseRunsView(RunsView):
    kind = CASE
    index_url_name = "results_case"
    index_results_url_name = "results_case_rows"
    filterset_class = CaseRunFilters
    empty = gettext_lazy("Nobody has filled in this case yet. They are here as soon as somebody begins.")
