"""What the lists of runs of drills may be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from courses.blocks import sector_choices
from courses.choices import RunState
from courses.drills.cases.models import CaseRun
from courses.drills.scenarios.models import Run
from lms.reports.filters import ResultFilters

CASE_STATES = [("open", _("Begun")), ("ended", _("Handed in"))]


class _OfRuns(ResultFilters):
    sector = django_filters.ChoiceFilter(
        field_name="enrolment__sector", choices=sector_choices, label=_("Sector")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["passed"].label = _("Result")

    def filter_passed(self, queryset, name, value):
        # A run that is not over has no result yet: it is neither.
        return queryset.filter(passed=value == "yes")


class RunFilters(_OfRuns):
    state = django_filters.ChoiceFilter(choices=RunState.choices, label=_("State"))

    class Meta:
        model = Run
        fields = ["state", "passed", "agency", "sector", "started_at"]


class CaseRunFilters(_OfRuns):
    state = django_filters.ChoiceFilter(choices=CASE_STATES, label=_("State"), method="filter_state")

    class Meta:
        model = CaseRun
        fields = ["passed", "agency", "sector", "started_at"]

    def filter_state(self, queryset, name, value):
        return queryset.filter(handed_in_at__isnull=value == "open")
