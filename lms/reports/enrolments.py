"""Who studies a course, how far they are and how it ended."""

from django.db.models import Case, OuterRef, Subquery, When
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.catalogue.models import Course
from courses.choices import AttemptState, EnrolmentState, Purpose
from courses.enrolment.models import Enrolment
from courses.progress import heard
from courses.progress.standings import CourseStandings
from courses.quizzes.models import Attempt
from lms.reports.filters import EnrolmentFilters
from lms.reports.tables import LinkColumn, ResultTable, on_day


def with_results(queryset):
    """Adds `final_uuid`, `final_score`, `final_passed` of the best final test, and `heard_at`."""
    finals = (
        Attempt.objects.filter(
            enrolment=OuterRef("pk"),
            state=AttemptState.SUBMITTED,
            quiz_edition__policy__purpose=Purpose.FINAL,
        )
        .with_latest_marking()
        .order_by("-passed", "-score", "pk")
    )
    return queryset.annotate(
        final_uuid=Subquery(finals.values("uuid")[:1]),
        final_score=Subquery(finals.values("score")[:1]),
        final_passed=Subquery(finals.values("passed")[:1]),
        heard_at=heard.of_enrolment(),
    )


def certificates_of(enrolments):
    """{enrolment id: number of the certificate, with its state where that is not "in force"}."""
    rows = (
        Certificate.objects.with_state(timezone.localdate())
        .filter(completion__enrolment__in=[one.pk for one in enrolments], replaced_by=None)
        .values_list("completion__enrolment", "number", "state")
    )
    return {
        enrolment_id: number
        if state == CertificateState.IN_FORCE
        else f"{number} ({CertificateState(state).label})"
        for enrolment_id, number, state in rows
    }


def percent(row):
    return "" if row.percent is None else row.percent


def final_result(row):
    if row.final_score is None:
        return ""
    words = _("%(score)s, passed") if row.final_passed else _("%(score)s, not passed")
    return words % {"score": row.final_score}


def final_url(row):
    return row.final_uuid and reverse("results_attempt", args=[row.final_uuid])


def completed_on(row):
    return on_day(row.completion_that_counts and row.completion_that_counts.at)


class EnrolmentsView(ResultTable):
    index_url_name = "results_course"
    index_results_url_name = "results_course_rows"
    filterset_class = EnrolmentFilters
    empty = gettext_lazy(
        "Nobody has begun this course yet. You can assign it: People, Who studies what, Assign a course."
    )
    columns = [
        Column("person", label=gettext_lazy("Person"), sort_key="person__full_name"),
        Column("person.agency", label=gettext_lazy("Agency"), sort_key="person__agency__name"),
        Column("person.post", label=gettext_lazy("Post"), sort_key="person__post__name"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("percent", label=gettext_lazy("Progress, %"), accessor=percent),
        Column(
            "started_at",
            label=gettext_lazy("Begun"),
            accessor=lambda row: on_day(row.started_at),
            sort_key="started_at",
        ),
        Column(
            "heard_at",
            label=gettext_lazy("Last heard from"),
            accessor=lambda row: on_day(row.heard_at),
            sort_key="heard_at",
        ),
        LinkColumn(
            "final",
            label=gettext_lazy("Final test"),
            accessor=final_result,
            sort_key="final_score",
            get_url=final_url,
        ),
        Column(
            "completed_on",
            label=gettext_lazy("Completed on"),
            accessor=completed_on,
            sort_key="completed_at",
        ),
        Column("certificate", label=gettext_lazy("Certificate")),
    ]

    def find(self):
        return get_object_or_404(Course, pk=self.kwargs["pk"])

    def get_base_queryset(self):
        return with_results(
            Enrolment.objects.filter(course=self.about)
            .exclude(state=EnrolmentState.SET_ASIDE)
            .select_related("person__agency", "person__post", "completion")
            .annotate(completed_at=Case(When(state=EnrolmentState.COMPLETED, then="completion__at")))
        )

    def complete(self, rows):
        if not hasattr(self, "standings"):
            self.standings = CourseStandings(self.about)
        percents, certificates = self.standings.percents(rows), certificates_of(rows)
        for row in rows:
            row.percent, row.certificate = percents[row.pk], certificates.get(row.pk, "")
        return rows
