import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from courses.audit.models import AuditEntry
from courses.choices import CohortWay
from courses.enrolment.cohorts import CohortMember
from tests.factories import make_agency, make_cohort, make_site
from tests.lms.reports.learning.classes import CARE, LAW, SIGNS, make_class, make_tested_course

pytestmark = pytest.mark.django_db
SCORES = [(0, 1), (1, 2), (1, 3), (2, 2), (2, 4), (3, 5)]


@pytest.fixture
def page():
    make_site()
    return make_tested_course()


@pytest.fixture
def auditing(client_of, auditor):
    return client_of(auditor)


def put_in_a_cohort(people, course):
    """As if they had been in it before their tests: who completed the course joins no cohort any more."""
    cohort = make_cohort(course=course)
    since = cohort.opened_at.replace(year=2020)
    for person in people:
        CohortMember.objects.create(cohort=cohort, person=person, way=CohortWay.ASSIGNED, joined_at=since)


def rows_of(answer, name):
    (shown,) = [one for _title, one, _sheets in answer.context["groups"] if one.name == name]
    return shown


def test_what_six_people_learnt_is_told_with_its_interval(auditing, page):
    agency = make_agency(name="Coast guard")
    make_class(page, SCORES, agency=agency)
    answer = auditing.get("/reports/learning/")
    text = answer.content.decode()
    (row,) = rows_of(answer, "agency").table.rows

    # Before 0 25 25 50 50 75; after 20 40 60 40 80 100; differences 20 15 35 -10 30 25.
    assert "5 of 6 people did better after; the median rose from 37.5 to 50 of 100." in text
    assert "The median difference is +22.5 points (95% interval −10 to +35)." in text
    assert row == ["Coast guard", 6, 37.5, 50.0, 22.5, None, -10.0, 35.0, "of the median difference", 5, None]
    assert f"Least sure after the training: “{CARE}”" not in text
    assert f"Least sure after the training: “{LAW}”" in text


def test_objectives_asked_in_one_test_say_so(auditing, page):
    make_class(page, SCORES)
    answer = auditing.get("/reports/learning/")
    rows = {row[0]: row for row in answer.context["objectives"].table.rows}
    assert "There is no list behind the numbers of an objective" in answer.content.decode()

    assert rows[SIGNS][2:] == [6, 75, 100, 25, None, 0, 50, "of the median difference", 3, 66.7, 91.7, ""]
    assert rows[CARE][-1] == "asked after only"


def test_of_four_people_nothing_is_told(auditing, page):
    make_class(page, SCORES[:4])
    answer = auditing.get("/reports/learning/")

    assert "4 people have both tests: too few to judge." in answer.content.decode()
    assert [shown.table.rows for _title, shown, _sheets in answer.context["groups"]] == [[], []]
    assert "objectives" not in answer.context or answer.context["objectives"] is None


def test_a_group_of_few_is_left_out_and_so_is_what_would_give_it_away(auditing, page):
    make_class(page, SCORES, agency=make_agency(name="A"))
    make_class(page, [*SCORES, (1, 1)], agency=make_agency(name="B"))
    make_class(page, SCORES[:2], agency=make_agency(name="C"))
    answer = auditing.get("/reports/learning/")
    shown = rows_of(answer, "agency")

    assert ([row[0] for row in shown.table.rows], shown.left_out) == (["B"], 2)
    assert "2 groups are not shown" in answer.content.decode()


def test_every_number_of_people_opens_a_list_as_long_and_without_scores(auditing, page):
    people = make_class(page, SCORES)
    put_in_a_cohort(people, page.course)
    answer = auditing.get("/reports/learning/")
    assert [shown.name for _title, shown, _sheets in answer.context["groups"]] == ["course", "cohort", "agency"]
    for _title, shown, _sheets in answer.context["groups"]:
        for row, address in shown:
            listed = auditing.get(address)
            assert listed.context["listing"].paginator.count == row[1] == 6
            assert listed.context["headings"][0] == "Name"
            assert {tuple(map(str, one))[0] for one in listed.context["rows"]} == {
                one.full_name for one in people
            }
            assert "score" not in " ".join(map(str, listed.context["headings"])).lower()
    assert auditing.get(answer.context["listed"]).context["value"] == 6


@pytest.mark.parametrize("name", ["everybody", "course", "cohort", "agency", "objectives"])
def test_a_sheet_has_the_rows_of_the_page_and_is_on_record(auditing, page, name):
    put_in_a_cohort(make_class(page, SCORES), page.course)
    answer = auditing.get("/reports/learning/")
    at = [auditing.get(reverse("reports_learning_sheet", args=[name, one])) for one in ("csv", "xlsx", "pdf")]
    text = b"".join(at[0]).decode("utf-8-sig")
    of_csv = list(csv.reader(io.StringIO(text)))
    of_xlsx = list(load_workbook(io.BytesIO(b"".join(at[1]))).active.iter_rows(values_only=True))
    if name == "objectives":
        table = answer.context["objectives"].table
    elif name == "everybody":
        table = None
    else:
        table = rows_of(answer, name).table

    if table is not None:
        assert of_csv[0] == table.headings
        assert of_csv[1:] == [["" if value is None else str(value) for value in row] for row in table.rows]
    assert [["" if value is None else str(value) for value in row] for row in of_xlsx] == of_csv
    assert len(of_csv) > 1
    assert all(cell in at[2].content.decode() for cell in of_csv[1] if "'" not in cell)
    assert (
        AuditEntry.objects.filter(verb="report exported", facts__report="learning", facts__table=name).count()
        == 3
    )


def test_the_page_costs_the_same_for_more(auditing, page):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert auditing.get("/reports/learning/").status_code == 200
        return len(caught)

    make_class(page, SCORES)
    cost()
    before = cost()
    make_class(page, SCORES)
    make_class(make_tested_course(), SCORES)
    assert cost() == before <= 25


@pytest.mark.parametrize("name", ["facilitator", "supervisor_police", "constable"])
def test_it_is_for_those_who_see_every_figure(request, client_of, name):
    make_site()
    assert client_of(request.getfixturevalue(name)).get("/reports/learning/").status_code == 403


def test_what_is_not_there_is_not_there(auditing):
    make_site()
    assert auditing.get("/reports/learning/people/csv/").status_code == 404
    assert auditing.get("/reports/learning/course/exe/").status_code == 404
    assert "Nobody has both tests" in auditing.get("/reports/learning/").content.decode()
