"""The tab “Drills”: counted once more here, from the rows themselves."""

import csv
import io
from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import RunState
from courses.drills.scenarios import runs
from courses.drills.scenarios.models import Run
from courses.room.tables import holding
from courses.room.tables.models import TableResult
from tests.courses.drills.cases.writing import choice, edition_of, handed_in, make_case, statement
from tests.courses.procedures.writing import make_procedure
from tests.factories import make_agency, make_enrolment, make_person, make_site, make_table_top, make_workshop
from tests.lms.reports.drills.classes import DECIDED, GOOD, WARNED, make_class, make_drill, play

pytestmark = pytest.mark.django_db


@pytest.fixture
def drill():
    make_site()
    return make_drill(title="The door")


@pytest.fixture
def auditing(client_of, auditor):
    return client_of(auditor)


def rows_of(answer):
    """{agency: {heading: value}}"""
    table = answer.context["steps"]
    return {row[0]: dict(zip(table.headings[1:], row[1:], strict=True)) for row in table.rows}


def counted_again(step):
    """{agency: (people who met it, of them who missed something)}, from the runs one by one."""
    met, missed, seen = defaultdict(set), defaultdict(set), set()
    for run in Run.objects.filter(state=RunState.ENDED).order_by("ended_at", "pk"):
        if (run.person_id, run.edition.scenario_key) in seen:
            continue
        seen.add((run.person_id, run.edition.scenario_key))
        points = run.scored().steps.get(step)
        if points:
            met[run.person.agency.name].add(run.person_id)
            if points[0] < points[1]:
                missed[run.person.agency.name].add(run.person_id)
    return {name: (len(who), len(missed[name])) for name, who in met.items()}


def test_each_agency_and_step_is_as_counted_one_by_one(auditing, drill):
    make_class(drill, [GOOD, WARNED, WARNED, GOOD, DECIDED, GOOD], make_agency(name="Coast guard"))
    make_class(drill, [GOOD] * 4 + [DECIDED] * 3, make_agency(name="Clinic"))
    rows = rows_of(auditing.get("/reports/drills/"))
    for step, label in (("safety", "Make safe"), ("consent", "Explain and ask")):
        again = counted_again(step)
        assert set(again) == {"Coast guard", "Clinic"}
        for name, (n, missed) in again.items():
            assert rows[name][f"{label}: people"] == n
            assert rows[name][label] == int(missed * 100 / n + 0.5)
    assert rows["Everybody"]["Make safe: people"] == 13
    assert rows["Coast guard"]["Make safe"] == 33


def test_only_the_first_finished_try_counts_and_neither_what_is_open(auditing, drill):
    people = make_class(drill, [WARNED] * 5, at=timezone.now() - timedelta(hours=2))
    for person in people:
        play(drill, person, GOOD)
    somebody = make_person(agency=people[0].agency)
    runs.start(
        drill.translation_key,
        enrolment=make_enrolment(somebody, drill.course),
        actor=None,
        at=timezone.now(),
    )
    (row,) = rows_of(auditing.get("/reports/drills/")).values()
    assert (row["Make safe"], row["Make safe: people"]) == (100, 5)


def test_four_people_of_an_agency_are_withheld_with_what_would_tell_of_them(auditing, drill):
    make_class(drill, [WARNED] * 4, make_agency(name="Few"))
    make_class(drill, [GOOD] * 6, make_agency(name="Some"))
    make_class(drill, [GOOD] * 9, make_agency(name="Many"))
    rows = rows_of(auditing.get("/reports/drills/"))
    assert [rows[name]["Make safe: people"] for name in ("Few", "Some", "Many", "Everybody")] == [
        *("fewer than 5", "not shown", 9, 19)
    ]
    assert rows["Few"]["Make safe"] is None
    assert rows["Some"]["Make safe"] is None


def test_practice_cases_count_as_scenarios_do_and_one_drill_can_be_asked_for(auditing, drill):
    make_class(drill, [GOOD] * 5)
    case = make_case()
    people = [make_person() for _n in range(5)]
    for person in people:
        handed_in(person, case, answers={})
    both = auditing.get("/reports/drills/")
    assert both.context["people"] == 10
    one = auditing.get(f"/reports/drills/?drill=case:{case.translation_key}")
    (whole,) = [row for name, row in rows_of(one).items() if name == "Everybody"]
    assert (whole["Notify"], whole["Notify: people"], whole["Explain and ask: people"]) == (100, 5, 0)


def test_an_error_of_five_stands_with_the_paragraph_to_teach_again(auditing, drill):
    make_class(drill, [WARNED] * 5 + [GOOD])
    answer = auditing.get("/reports/drills/")
    (error,) = answer.context["errors"]
    text = answer.content.decode()
    assert (error.code, error.people, error.drill) == ("alerts_suspect", 5, "The door")
    assert "Speak to the person alone." in text
    assert "More words." not in text
    assert reverse("clause", args=[drill.clauses[0].uuid]) in text


def test_an_error_of_four_is_not_told(auditing, drill):
    make_class(drill, [WARNED] * 4 + [GOOD])
    answer = auditing.get("/reports/drills/")
    assert (answer.context["errors"], answer.context["left_out"]) == ([], 1)
    assert "It warns the suspect" not in answer.content.decode()


def test_a_supervisor_sees_the_own_agency_alone(client_of, supervisor_police, drill):
    make_class(drill, [WARNED] * 5, supervisor_police.person.agency)
    make_class(drill, [GOOD] * 7)
    answer = client_of(supervisor_police).get("/reports/drills/")
    (row,) = rows_of(answer).values()
    assert (row["Make safe"], row["Make safe: people"]) == (100, 5)


@pytest.mark.parametrize("name", ["steps", "errors"])
def test_a_sheet_leaves_by_the_one_door(auditing, drill, name):
    make_class(drill, [WARNED] * 6)
    for form in ("csv", "xlsx", "pdf"):
        answer = auditing.get(reverse("reports_drills_sheet", args=[name, form]))
        assert answer.status_code == 200
        if form == "csv":
            sheet = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
            assert len(sheet) == 2
            assert "6" in sheet[1]
    kept = AuditEntry.objects.filter(verb="report exported", facts__report="drills", facts__table=name)
    assert kept.count() == 3
    assert auditing.get(reverse("reports_drills_sheet", args=["people", "csv"])).status_code == 404


def test_the_period_is_that_of_the_first_try(auditing, drill):
    make_class(drill, [WARNED] * 5, at=timezone.now() - timedelta(days=800))
    assert rows_of(auditing.get("/reports/drills/")) == {}
    assert rows_of(auditing.get("/reports/drills/?from=2020-01-01&to=2100-12-31"))


def test_the_page_costs_the_same_for_more(auditing, drill):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert auditing.get("/reports/drills/").status_code == 200
        return len(caught)

    make_class(drill, [WARNED] * 5)
    cost()
    before = cost()
    make_class(drill, [WARNED] * 5)
    assert cost() == before <= 30


def test_it_is_not_for_trainees(client_of, constable):
    make_site()
    assert client_of(constable).get("/reports/drills/").status_code == 403


def test_an_error_in_a_practice_case_names_the_clause_it_goes_by(auditing):
    make_site()
    clause = make_procedure().clauses.get(number="4.2")
    case = make_case(blocks=[statement(), choice(clauses=[clause.pk])])
    wrong = {field["id"]: field["options"][1]["id"] for field in edition_of(case).fields}
    for _n in range(5):
        handed_in(make_person(), case, answers=wrong)
    (error,) = auditing.get("/reports/drills/").context["errors"]
    assert (error.code, error.people) == ("leaves_in_danger", 5)
    assert [(one.name, one.paragraph) for one in error.clauses] == [("4.2 Clause 4.2", "Ask consent")]


def test_tables_of_table_tops_are_counted_apart(auditing):
    make_site()
    held = holding.hold(make_workshop(), make_table_top(), actor=None, at=timezone.now())
    police, door, room = (one["id"] for one in held.edition.content["duties"])
    for table in range(1, 7):
        missed = {police: "missed" if table < 3 else "prompted", door: "done"}
        also = {room: "done"} if table == 6 else {}
        facts = {"n": 1, "at": timezone.now(), "way": [], "details": {}}
        TableResult.objects.create(held=held, table=table, marks=missed | also, **facts)
    answer = auditing.get("/reports/drills/")
    table = answer.context["at_tables"]
    rows = {row[0]: dict(zip(table.headings[1:], row[1:], strict=True)) for row in table.rows}
    assert rows["Police"]["Make safe"] == 33
    assert rows["Police"]["Make safe: tables"] == 6
    assert rows["Health"]["Make safe"] == 0
    assert rows["Health"]["Explain and ask: tables"] == "fewer than 5"
    assert auditing.get("/reports/drills/table-tops/csv/").status_code == 200
    narrowed = auditing.get("/reports/drills/", {"agency": make_agency().pk})
    assert narrowed.context["at_tables"] is None
