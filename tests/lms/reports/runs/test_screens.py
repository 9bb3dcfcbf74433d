"""Runs of drills at the desk: the list, one looked back at, and wrong points put right."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import RepairState
from courses.drills.remarking.models import DrillRepair
from tests.courses.drills.cases import writing
from tests.courses.drills.remarking.test_repairing import BEST, LATER, correct, play, scenario, worth
from tests.courses.quizzes.pages import text_of
from tests.factories import make_person

pytestmark = pytest.mark.django_db

__all__ = ["scenario"]


def test_the_list_is_searched_filtered_and_taken_out(desk, scenario):
    play(scenario, BEST, ("room", 0), person=make_person(full_name="Ann Best"))
    play(scenario, LATER, person=make_person(full_name="Lou Later"))
    address = reverse("results_scenario", args=[scenario.translation_key])
    assert "Ann Best" in text_of(desk.get(address))
    passed = text_of(desk.get(address, {"passed": "yes"}))
    assert "Ann Best" in passed
    assert "Lou Later" not in passed
    found = text_of(desk.get(address, {"q": "Lou"}))
    assert "Lou Later" in found
    assert "Ann Best" not in found
    sheet = b"".join(desk.get(address, {"export": "csv"}).streaming_content).decode()
    assert len(sheet.splitlines()) == 3
    assert AuditEntry.objects.filter(verb="results exported").count() == 1


def test_the_list_asks_no_more_for_more_people(desk, scenario):

    address = reverse("results_scenario_rows", args=[scenario.translation_key])
    counted = []
    for more in (1, 2):
        for _n in range(more):
            play(scenario, LATER)
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_way_is_looked_back_at_and_that_is_kept(desk, scenario):
    run = play(scenario, LATER)
    seen = text_of(desk.get(reverse("results_run", args=[run.uuid])))
    assert "Come back later" in seen
    assert "The procedure asks for: Ask to speak alone" in seen
    assert "0 of 100, not passed" in seen
    entry = AuditEntry.objects.get(verb="run looked at")
    assert entry.facts["person"] == str(run.person.uuid)


def test_a_case_is_looked_back_at(desk):
    run = writing.handed_in(make_person(full_name="Casey Filler"))
    listed = text_of(desk.get(reverse("results_case", args=[run.case_key])))
    assert "Casey Filler" in listed
    assert "Handed in" in listed
    assert "Casey Filler" in text_of(desk.get(reverse("results_case", args=[run.case_key]), {"state": "ended"}))
    seen = text_of(desk.get(reverse("results_case_run", args=[run.uuid])))
    assert "Passport kept (chosen)" in seen
    assert "She said: No pay." in seen
    begun = writing.make_run(make_person())
    assert "It is not finished" in text_of(desk.get(reverse("results_case_run", args=[begun.uuid])))


def test_the_person_page_shows_the_runs_of_each_course(desk, scenario):
    run = play(scenario, LATER)
    case = writing.handed_in(run.person)
    page = desk.get(reverse("people:person", args=[run.person.pk])).content.decode()
    assert reverse("results_run", args=[run.uuid]) in page
    assert reverse("results_case_run", args=[case.uuid]) in page


def test_results_name_every_drill_with_its_runs(desk, scenario):
    play(scenario, LATER)
    page = desk.get(reverse("results")).content.decode()
    assert reverse("results_scenario", args=[scenario.translation_key]) in page
    assert "1 run" in page


def test_wrong_points_are_looked_at_confirmed_and_told(desk, scenario):
    run = play(scenario, LATER, person=make_person(full_name="Lou Later"))
    address = reverse("drill_repair_propose", args=["scenario", scenario.translation_key])
    assert "there is nothing to mark again" in text_of(desk.get(address))
    correct(scenario, "door", worth([2, 0, 2]))
    assert "1 finished run is of an earlier edition." in text_of(desk.get(address))
    assert "This is not where you report a case" in text_of(
        desk.post(address, {"reason": "Call +1 758 452 1234"})
    )

    asked = desk.post(address, {"reason": "The third was right"})
    repair = DrillRepair.objects.get()
    assert asked["Location"] == reverse("drill_repair", args=[repair.uuid])
    seen = text_of(desk.get(asked["Location"]))
    assert "1 passes now and did not before." in seen
    assert "Lou Later" in seen
    assert run.markings.count() == 1
    done = text_of(desk.post(asked["Location"], {"deed": "confirm"}, follow=True))
    assert "Passes now" in done
    assert run.markings.count() == 2
    again = text_of(desk.get(reverse("results_run", args=[run.uuid])))
    assert "Earlier result, no longer counted" in again
    assert "Marked again: The third was right" in again


def test_it_may_be_left(desk, scenario):
    play(scenario, LATER)
    correct(scenario, "door", worth([2, 0, 2]))
    address = reverse("drill_repair_propose", args=["scenario", scenario.translation_key])
    left = desk.post(address, {"reason": "Perhaps"})["Location"]
    desk.post(left, {"deed": "drop"})
    assert DrillRepair.objects.get().state == RepairState.DROPPED
    DrillRepair.objects.update(state=RepairState.RUNNING, confirmed_at=timezone.now())
    assert desk.get(left)["Refresh"]
    assert "Refresh" not in desk.get(left, {"still": ""})


def test_no_such_kind_of_drill(desk, scenario):
    assert desk.get(reverse("drill_repair_propose", args=["quiz", scenario.translation_key])).status_code == 404
