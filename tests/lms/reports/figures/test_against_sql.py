"""Every figure and each of its parts, against SQL written by hand over the tables (see the benchmarks)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.attendance.models import Attendance
from courses.people.models import Person
from courses.workshops.models import Registration, Workshop
from lms.reports.figures import scope as scopes
from lms.reports.figures.columns import columns_of
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MONTH
from lms.reports.figures.scope import NONE
from lms.reports.pages.lists import table_of
from tests.benchmarks.raw import WRITTEN, Raw
from tests.factories import make_course, make_sector, make_small_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd():
    make_sector("police"), make_sector("health")
    make_small_course(course=make_course(validity_months=24))
    call_command("seed_load", people=300, attempts=1500, workshops=6, stdout=StringIO())
    _sign_in_both_records()


def _sign_in_both_records():
    """Somebody with two records was at one workshop with both: at the first session twice."""
    merged = Person.objects.exclude(merged_into=None).first()
    workshop = Workshop.objects.exclude(registrations__person__in=[merged, merged.merged_into]).first()
    first, second = workshop.sessions.order_by("starts_at")[:2]
    at = first.starts_at - timedelta(days=1)
    for person, sessions in ((merged, [first]), (merged.merged_into, [first, second])):
        registration = Registration.objects.create(workshop=workshop, person=person, at=at)
        for session in sessions:
            Attendance.objects.create(
                registration=registration,
                session=session,
                presence="present",
                agency=person.agency,
                **person.as_now(),
            )


@pytest.fixture(params=["last year", "ever"])
def scope(request):
    last_year = f"calendar-{timezone.localdate().year - 1}"
    ever = {"period": "any", "from": "2015-01-01", "to": "2035-12-31"}
    return scopes.read(ever if request.param == "ever" else {"period": last_year})


def test_figures_are_what_sql_by_hand_says(crowd, scope):
    for figure in map(FIGURES.get, WRITTEN):
        raw = Raw(figure, scope)
        by_hand, page, *_more = raw.first_page()
        keys = list(figure.listed(scope).values_list("pk", flat=True)[:50])
        assert (figure.value(scope), keys) == (by_hand, [row[0] for row in page]), figure.name
        for by in figure.by:
            found = {part.key: part.value for part in figure.parts(scope, by) if part.value}
            assert found == _keyed(raw.parts(by)[0], by, scope), (figure.name, by)


def test_a_sheet_has_the_rows_of_the_page(crowd, scope):
    for figure in FIGURES.values():
        page = [list(row) for row in columns_of(figure).rows(figure.listed(scope))]
        assert list(table_of(figure, scope).rows) == page, figure.name
        assert len(page) == figure.listed(scope).count()


def _keyed(found, by, scope):
    """With the keys of Part. Of what stands on a day, months outside the period are no part of it."""
    keyed = {}
    months = {f"{month:%Y-%m}" for month in scope.period.months()}
    for value, count in found.items():
        if count and (by != MONTH or value in months):
            key = NONE if value in (None, "") else str(value)
            keyed[key] = keyed.get(key, 0) + count
    return keyed
