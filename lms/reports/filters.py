"""What the tables of results may be narrowed by."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from courses.blocks import sector_choices
from courses.choices import AttemptState, EnrolmentState
from courses.enrolment.models import Enrolment
from courses.people.models import Agency
from courses.quizzes.models import Attempt

PASSED = [("yes", _("Passed")), ("no", _("Not passed"))]
SHOWN = [(value, label) for value, label in AttemptState.choices if value != AttemptState.PREPARED]

# What was set aside when two records were merged is in no list: the other one is gone on with.
LISTED = [(value, label) for value, label in EnrolmentState.choices if value != EnrolmentState.SET_ASIDE]


class ResultFilters(WagtailFilterSet):
    agency = django_filters.ModelChoiceFilter(
        field_name="person__agency", queryset=Agency.objects.all(), label=_("Agency")
    )
    started_at = django_filters.DateFromToRangeFilter(label=_("Begun"), widget=DateRangePickerWidget)
    passed = django_filters.ChoiceFilter(choices=PASSED, method="filter_passed")


class EnrolmentFilters(ResultFilters):
    sector = django_filters.ChoiceFilter(field_name="sector", choices=sector_choices, label=_("Sector"))
    state = django_filters.ChoiceFilter(choices=LISTED, label=_("State"))

    class Meta:
        model = Enrolment
        fields = ["state", "passed", "agency", "sector", "started_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["passed"].label = _("Final test")

    def filter_passed(self, queryset, name, value):
        if value == "yes":
            return queryset.filter(final_passed=True)
        return queryset.filter(Q(final_passed=False) | Q(final_passed=None))


class AttemptFilters(ResultFilters):
    sector = django_filters.ChoiceFilter(
        field_name="enrolment__sector", choices=sector_choices, label=_("Sector")
    )
    state = django_filters.ChoiceFilter(choices=SHOWN, label=_("State"))

    class Meta:
        model = Attempt
        fields = ["state", "passed", "agency", "sector", "started_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["passed"].label = _("Result")

    def filter_passed(self, queryset, name, value):
        # An attempt that is not handed in has no result yet: it is neither.
        return queryset.filter(passed=value == "yes")
