"""Dates read and are typed as people here write them."""

import datetime

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from courses.enrolment.desk_forms import CourseAndDayForm
from tests.factories import make_course, make_person

MOMENT = datetime.datetime(2026, 11, 9, 6, 41)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DATE_FORMAT", "9 November 2026"),
        ("SHORT_DATE_FORMAT", "9 Nov 2026"),
        ("DATETIME_FORMAT", "9 November 2026, 06:41"),
        ("SHORT_DATETIME_FORMAT", "9 Nov 2026, 06:41"),
        ("TIME_FORMAT", "06:41"),
    ],
)
def test_the_day_stands_before_the_month(name, words):
    assert date_format(MOMENT, name) == words


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["2099-04-03", "03/04/2099", "3 April 2099", "3 Apr 2099"])
def test_a_date_may_be_typed_as_people_write_it(typed):
    form = CourseAndDayForm({"course": make_course().pk, "due_on": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"] == datetime.date(2099, 4, 3)


def test_what_the_calendar_of_the_desk_writes_is_understood():
    assert AdminDateInput().format_value(MOMENT.date()) == "2026-11-09"
    assert AdminDateTimeInput().format_value(MOMENT) == "2026-11-09 06:41"
    assert [each for each in run_checks() if "DATE" in each.msg] == []


@pytest.mark.django_db
def test_a_date_at_the_desk_is_kept_as_it_was_shown(client_of, focal_point):
    person = make_person(left_on=datetime.date(2026, 4, 3))
    desk, address = client_of(focal_point), reverse("people:edit", args=[person.pk])
    shown = desk.get(address).context["form"].initial
    given = {name: value for name, value in shown.items() if value is not None}

    assert desk.post(address, {**given, "left_on": "03/04/2026", "language": "en"}).status_code == 302
    person.refresh_from_db()
    assert person.left_on == datetime.date(2026, 4, 3)
