"""The overview: every number is as long as its list, and a supervisor sees the own agency alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.enrolment.models import Enrolment
from courses.people.models import Agency
from courses.progress.models import Completion
from lms.reports.figures.stopping import Stage
from lms.reports.pages.overview_sections import about_drops
from lms.templatetags.figures import cells
from tests.factories import (
    make_agency,
    make_attendance,
    make_enrolment,
    make_person,
    make_registration,
    make_workshop,
)

pytestmark = pytest.mark.django_db
URL = "/reports/overview/"


def period(day=None):
    return f"calendar-{(day or timezone.localdate()).year}"


def section(response, name):
    return next(one for one in response.context["sections"] if one.name == name)


def count_of(client, address):
    """How many rows the list says it has."""
    listing = client.get(address).context["listing"]
    return listing.paginator.count


def test_every_number_opens_a_list_that_is_as_long(desk, world, police):
    workshop = make_workshop(title="In the room", starts_at=world.at - timedelta(days=1))
    make_attendance(make_registration(workshop, make_person(agency=police)))
    page = desk.get(URL)

    for key in page.context["keys"]:
        if key.label != "hours of training":
            assert count_of(desk, key.address) == key.value, key.label
    numbers = [
        (cell.words, cell.address)
        for one in page.context["sections"]
        for row in cells(one.linked)
        for cell in row
        if cell.address and cell.words.isdigit()
    ]
    assert len(numbers) > 10
    assert {address: count_of(desk, address) for _value, address in numbers} == {
        address: int(value) for value, address in numbers
    }
    assert "In the room" in [row[2] for row in section(page, "months").table.rows]


def untargeted(agencies):
    """Where each "No target set" leads."""
    return [cell.address for row in cells(agencies.linked) for cell in row if cell.words == "No target set"]


def test_the_trend_is_said_in_words(desk, world):
    trends = [key.trend for key in desk.get(URL).context["keys"]]
    last = timezone.localdate().year - 1

    assert trends[0] == f"So far 1 more than in all of {last}"
    assert trends[2] == f"1 more than at the end of {last}"
    before = desk.get(URL, {"period": f"calendar-{last}"})
    assert before.context["keys"][0].trend == f"As many as in {last - 1}"


def test_an_agency_without_a_target_says_so_and_the_desk_can_set_it(desk, client_of, auditor, world, police):
    Agency.objects.filter(pk=police.pk).update(headcount=2)
    agencies = section(desk.get(URL), "agencies")

    assert agencies.table.rows[0][:4] == [police.name, 1, 2, 1]
    assert {desk.get(address).status_code for address in untargeted(agencies)} == {200}
    assert set(untargeted(section(client_of(auditor).get(URL), "agencies"))) == {""}


def test_a_supervisor_sees_the_own_agency_and_no_results(client_of, supervisor_health, world, police):
    client = client_of(supervisor_health)
    page = client.get(URL, {"agency": police.pk, "sex": "female", "sector": "police"})
    body = unescape(page.content.decode())

    assert [key.value for key in page.context["keys"]] == [0, 0, 0, 0]
    assert [row[0] for row in section(page, "agencies").table.rows] == [supervisor_health.person.agency.name]
    assert [row[1] for row in section(page, "heard").table.rows] == [1, 0, 0, 0, 0]
    assert "funnel" not in [one.name for one in page.context["sections"]]
    assert police.name not in body
    assert "Constance" not in body
    # Its numbers lead to the page of the own people; the lists behind them are not a supervisor's.
    links = set(re.findall(r'href="(/reports/[^"?]*)', body))
    sheets = {f"{URL}{name}/csv/" for name in ("agencies", "months", "heard")}
    assert links <= {"/reports/", "/reports/coverage/", "/reports/drills/", URL} | sheets
    assert client.get(f"{URL}funnel/csv/").status_code == 404
    assert client.get(reverse("figure_people", args=["trained"])).status_code == 403


@pytest.mark.parametrize("name", ["agencies", "months", "heard", "funnel"])
def test_the_sheet_has_the_rows_of_the_page(desk, world, name):
    answer = desk.get(f"{URL}{name}/csv/", {"period": period()})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    table = section(desk.get(URL), name).table
    assert len(lines) == 1 + len(table.rows)
    assert lines[0].split(",")[0] == str(table.headings[0])
    assert desk.get(f"{URL}{name}/txt/").status_code == 404


def test_the_course_that_most_began_is_shown_unless_one_is_asked_for(desk, world):
    other = make_enrolment(make_person()).course
    assert section(desk.get(URL), "funnel").table.title.endswith(world.course.title)
    assert Enrolment.objects.filter(course=other).count() == 1
    assert section(desk.get(URL, {"course": other.pk}), "funnel").table.title.endswith(other.title)


@pytest.mark.parametrize(
    ("stages", "title"),
    [
        ([], "Nobody began"),
        ([(4, 0), (1, 4)], "Fewer than 5 people began"),
        ([(6, 0), (6, 6)], "No step loses"),
        ([(6, 0), (6, 6), (1, 4)], "No step that 5 people or more came to"),
        (
            [(20, 0), (14, 20), (2, 5)],
            "Most people stop before this step: 1 (20 did the step before it, 14 this one)",
        ),
        ([(20, 0), (15, 20), (10, 15)], "Most people stop before these steps: 1; 2 (5 each)"),
    ],
)
def test_where_most_stop_is_said_of_enough_people_alone(stages, title):
    found = [
        Stage(str(n), str(n), people=people, of=was or people, was=was or people)
        for n, (people, was) in enumerate(stages)
    ]

    assert about_drops(found).startswith(title)


def test_queries_do_not_grow_with_people(desk, world, police):
    # What taught the same is looked up in each period.
    both = make_workshop(starts_at=world.at, course=world.course, same_event=True)
    make_attendance(make_registration(both, Completion.objects.first().enrolment.person))
    desk.get(URL)
    with CaptureQueriesContext(connection) as few:
        desk.get(URL)
    for _n in range(5):
        make_enrolment(make_person(agency=make_agency()), world.course)
        workshop = make_workshop(starts_at=world.at)
        make_attendance(make_registration(workshop, make_person(agency=police)))
    with CaptureQueriesContext(connection) as many:
        desk.get(URL)
    assert len(many) == len(few) <= 30
