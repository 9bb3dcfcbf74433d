"""A table-top exercise at a workshop: fixed, entered, corrected, added up, never of a person."""

import pytest
from django.db import models
from django.utils import timezone

from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import WorkshopState
from courses.drills.tabletop.refusing import TableTopRefused
from courses.people.models import Person
from courses.room.tables import holding
from courses.room.tables.debriefing import debrief_of
from courses.room.tables.models import TableResult, TableTopHeld
from tests.courses.procedures.writing import make_procedure
from tests.factories import make_table_top, make_workshop

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def clause():
    return make_procedure().clauses.get(number="4.2")


@pytest.fixture
def held(workshop, clause):
    return holding.hold(workshop, make_table_top(clauses=[clause.pk]), actor=None, at=NOW)


def log_of(held, *ways):
    """[(situation, n-th choice), ...] as a log."""
    story = {one["id"]: one["choices"] for one in held.edition.content["story"]["situations"]}
    return [(place, story[place][n]["id"]) for place, n in ways]


def duty(held, text):
    return next(one["id"] for one in held.edition.content["duties"] if one["text"] == text)


def enter(held, table=1, *, ways=(("door", 0), ("room", 0)), absent=(), police="done", health="done", **kwargs):
    log, content = log_of(held, *ways), held.edition.content
    marks = {}
    met = {"door", *(place for place, _n in ways)}
    for one in content["duties"]:
        if one["at"] in met and one["agency"] not in absent:
            marks[one["id"]] = police if one["agency"] == "Police" else health
    return holding.enter(held, table, log, absent=absent, marks=marks, actor=None, at=NOW, **kwargs)


def test_asked_for_twice_it_is_held_once_and_fixed_anew_it_is_another(workshop):
    table_top = make_table_top()
    held = holding.hold(workshop, table_top, actor=None, at=NOW)
    assert holding.hold(workshop, table_top, actor=None, at=NOW) == held
    table_top.title = "Another"
    table_top.save()
    assert holding.hold(workshop, table_top, actor=None, at=NOW) != held
    assert AuditEntry.objects.filter(verb="table_top.planned").count() == 2


def test_a_table_is_scored_as_on_a_screen(held):
    details = enter(held).details
    assert (details["points"], details["of"], details["ending"]) == (4, 4, "end")
    warned = enter(held, 2, ways=[("door", 1), ("repair", 1)]).details
    assert [error for *_place, error in warned["critical"]] == ["alerts_suspect"]
    assert warned["missed"] == ["door", "repair"]


def test_a_correction_needs_a_reason_and_the_entry_before_stays(held):
    first = enter(held)
    with pytest.raises(TableTopRefused):
        enter(held, police="missed")
    second = enter(held, police="missed", reason="Mistyped")
    assert list(held.results.in_force()) == [second]
    assert TableResult.objects.get(pk=first.pk).marks == first.marks
    assert AuditEntry.objects.filter(verb="table_top.entered", facts__reason="Mistyped").count() == 1
    with pytest.raises(AppendOnlyError):
        first.delete()


def test_marks_are_of_exactly_what_the_table_came_to(held):
    log = log_of(held, ("door", 2))
    police, health, room = (one["id"] for one in held.edition.content["duties"])
    for marks in (
        {},
        {police: "done"},
        {police: "done", health: "done", room: "done"},
        {police: "x", health: "x"},
    ):
        with pytest.raises(TableTopRefused):
            holding.enter(held, 1, log, absent=[], marks=marks, actor=None, at=NOW)
    holding.enter(held, 1, log, absent=["Health"], marks={police: "missed"}, actor=None, at=NOW)


@pytest.mark.parametrize("table", [0, 31, -1])
def test_tables_have_numbers(held, table):
    with pytest.raises(TableTopRefused):
        enter(held, table)


@pytest.mark.parametrize("state", [WorkshopState.CLOSED, WorkshopState.CANCELLED])
def test_a_workshop_that_is_over_stays_as_it_is(held, workshop, state):
    workshop.state = state
    workshop.cancelled_because = "Storm"
    workshop.save()
    for deed in (
        lambda: enter(held),
        lambda: holding.drop(held, actor=None, at=NOW),
        lambda: holding.hold(workshop, make_table_top(), actor=None, at=NOW),
    ):
        with pytest.raises(TableTopRefused):
            deed()
    assert TableTopHeld.objects.count() == 1


def test_it_is_taken_off_until_a_table_is_entered(held, workshop):
    enter(held)
    with pytest.raises(TableTopRefused):
        holding.drop(held, actor=None, at=NOW)
    other = holding.hold(workshop, make_table_top(), actor=None, at=NOW)
    holding.drop(other, actor=None, at=NOW)
    assert list(workshop.table_tops.all()) == [held]
    assert AuditEntry.objects.filter(verb="table_top.dropped").exists()


def test_the_debrief_is_by_clause_and_agency(held, clause):
    enter(held, 1, police="missed")
    enter(held, 2, police="missed", health="prompted")
    enter(held, 3, ways=[("door", 2)], absent=["Police"], health="missed")
    debrief = debrief_of(held)
    rows = {
        (cited and cited.pk, row.duty["agency"], row.duty["at"]): row[1:]
        for cited, asked in debrief.by_clause
        for row in asked
    }
    assert rows == {
        (clause.pk, "Police", "door"): (2, 0, 0, 2),
        (None, "Health", "door"): (3, 1, 1, 1),
        (None, "Health", "room"): (2, 1, 1, 0),
    }
    (again,) = debrief.again
    assert (again["words"].text, again["missed"], again["of"]) == ("Ask consent", 2, 2)
    assert [table["n"] for table in debrief.tables] == [1, 2, 3]
    assert debrief.tables[0]["way"] == debrief.tables[1]["way"] != debrief.tables[2]["way"]
    assert debrief.questions == ["Who was asked?"]


def test_an_exercise_that_nobody_played_has_an_empty_debrief(held):
    debrief = debrief_of(held)
    assert (debrief.tables, debrief.by_clause, debrief.again) == ([], [], [])


def test_nothing_of_it_leads_to_a_person():
    for model in (TableTopHeld, TableResult):
        related = {
            field.related_model for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)
        }
        assert Person not in related
