"""Wrong points or a wrong key: looked at first, then everybody marked again, and nothing taken from anybody."""

import json
import uuid

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import DrillKind, RepairChange, RepairState, Role
from courses.drills.cases import running
from courses.drills.cases.models import CaseRun
from courses.drills.remarking import marking_again, repairing
from courses.drills.remarking.models import DrillRepair
from courses.drills.remarking.repairing import DrillRepairRefused
from courses.drills.scenarios import runs, telling
from courses.drills.scenarios.models import Run
from courses.mailing.models import Letter
from courses.progress.models import Completion
from tests.courses.drills.cases import writing
from tests.factories import (
    make_course,
    make_course_page,
    make_enrolment,
    make_module,
    make_person,
    make_scenario,
    make_user,
    publish,
    set_outline,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BEST, LATER = ("door", 0), ("door", 2)


@pytest.fixture
def scenario():
    page = make_course_page(
        course=make_course(needs_lessons=False, needs_checks=False, needs_final=False, needs_drills=True)
    )
    scenario = make_scenario(page)
    set_outline(page, [make_module(scenario)])
    return scenario


@pytest.fixture
def focal_point():
    return make_user(role=Role.FOCAL_POINT, person=make_person(full_name="Keyes Keeper"))


def play(scenario, *ways, person=None):
    """A run by these choices, (situation, the n-th choice from 0)."""
    course = scenario.get_parent().specific.course
    enrolment = make_enrolment(person or make_person(), course)
    run = runs.start(scenario.translation_key, enrolment=enrolment, actor=None, at=NOW)
    story = {one["id"]: one["choices"] for one in run.edition.story["situations"]}
    moves = [runs.Choice(uuid.uuid4(), place, story[place][n]["id"]) for place, n in ways]
    runs.choose(run, moves, actor=None, at=NOW)
    return Run.objects.select_related("edition").get(pk=run.pk)


def correct(scenario, place, change):
    """Publish the scenario with the choices of one situation changed by `change`."""
    scenes = [dict(block) for block in scenario.scenes.raw_data]
    wanted = next(block for block in scenes if block["type"] == "situation" and block["value"]["name"] == place)
    change(wanted["value"])
    scenario.scenes = json.dumps(scenes)
    return publish(scenario)


def worth(points):
    """What gives the choices of a situation these points, in their order."""

    def change(situation):
        for choice, n in zip(situation["choices"], points, strict=True):
            choice.get("value", choice)["points"] = n

    return change


def propose(scenario, actor, kind=DrillKind.SCENARIO):
    return repairing.propose(kind, scenario.translation_key, reason="Wrong", actor=actor, at=NOW)


def repair(scenario, actor):
    proposed = propose(scenario, actor)
    repairing.confirm(proposed.uuid, actor=actor, at=NOW)
    return DrillRepair.objects.get(pk=proposed.pk)


def results(run):
    return [(one.score, one.passed) for one in run.markings.order_by("n")]


def changes(repair):
    return sorted(repair.rows.values_list("change", flat=True))


def test_it_is_looked_at_before_anything_is_marked(scenario, focal_point):
    later = play(scenario, LATER)
    correct(scenario, "door", worth([2, 0, 2]))
    proposed = propose(scenario, focal_point)
    assert (proposed.state, proposed.done, proposed.left) == (RepairState.PROPOSED, 1, 0)
    assert changes(proposed) == [RepairChange.GAINS]
    assert results(later) == [(0, False)]
    assert repairing.drop(proposed.uuid, at=NOW).state == RepairState.DROPPED
    assert results(later) == [(0, False)]


def test_who_passes_by_the_right_points_completes_the_course_and_hears_of_it(scenario, focal_point):
    later = play(scenario, LATER, person=make_user().person)
    assert not Completion.objects.exists()
    correct(scenario, "door", worth([2, 0, 2]))

    done = repair(scenario, focal_point)

    assert results(later) == [(0, False), (100, True)]
    assert later.latest_marking().details["repaired"] == {"repair": str(done.uuid), "reason": "Wrong"}
    assert Completion.objects.get().enrolment == later.enrolment
    assert Letter.objects.filter(person=later.person, key__startswith=f"repair:{done.uuid}").count() == 1
    verbs = AuditEntry.objects.filter(verb__startswith="drill.").values_list("verb", flat=True)
    assert sorted(verbs) == ["drill.marked again", "drill.repair confirmed", "drill.repair done"]


def test_a_pass_that_was_given_stands(scenario, focal_point):
    best = play(scenario, BEST, ("room", 0))
    correct(scenario, "door", worth([0, 0, 2]))
    done = repair(scenario, focal_point)
    assert changes(done) == [RepairChange.STANDS]
    assert results(best) == [(100, True), (50, True)]
    assert best.latest_marking().details["stands"]
    assert Completion.objects.count() == 1


def test_a_way_that_leads_elsewhere_now_is_left_as_it_was_and_counted(scenario, focal_point):
    first, second = play(scenario, BEST, ("room", 0)), play(scenario, LATER)

    def change(situation):
        choice = situation["choices"][0]
        choice.get("value", choice)["to"] = "repair"
        worth([2, 0, 2])(situation)

    correct(scenario, "door", change)
    # The room is not come to any more from the door at once; the repair leads there.
    done = repair(scenario, focal_point)
    assert (done.done, done.left) == (2, 1)
    assert results(first) == [(100, True)]
    assert results(second) == [(0, False), (100, True)]


def test_who_ends_a_run_afterwards_is_marked_by_the_right_points(scenario, focal_point):
    play(scenario, LATER)
    course = scenario.get_parent().specific.course
    enrolment = make_enrolment(make_person(), course)
    begun = runs.start(scenario.translation_key, enrolment=enrolment, actor=None, at=NOW)
    correct(scenario, "door", worth([2, 0, 2]))
    repair(scenario, focal_point)

    choice = begun.edition.story["situations"][0]["choices"][2]["id"]
    runs.choose(begun, [runs.Choice(uuid.uuid4(), "door", choice)], actor=None, at=NOW)
    assert results(begun) == [(100, True)]
    begun = Run.objects.select_related("edition").get(pk=begun.pk)
    assert not telling.review_of(begun)["rows"][0]["missed"]


def test_the_way_looked_back_at_asks_what_is_right_now(scenario, focal_point):
    best = play(scenario, BEST, ("room", 1))
    correct(scenario, "door", worth([0, 0, 2]))
    repair(scenario, focal_point)
    (door, _room) = telling.review_of(best)["rows"]
    assert [one["text"] for one in door["better"]] == ["Come back later"]
    assert door["missed"]


def test_ones_own_run_waits_for_a_colleague(scenario, focal_point):
    mine = play(scenario, LATER, person=focal_point.person)
    correct(scenario, "door", worth([2, 0, 2]))
    done = repair(scenario, focal_point)
    (row,) = done.rows.all()
    assert not row.is_marked
    assert results(mine) == [(0, False)]
    with pytest.raises(DrillRepairRefused):
        repairing.mark_left(row.pk, actor=focal_point, at=NOW)

    repairing.mark_left(row.pk, actor=make_user(role=Role.FOCAL_POINT), at=NOW)
    assert results(mine) == [(0, False), (100, True)]


def test_it_goes_on_after_a_stop_and_marks_each_once(scenario, focal_point, monkeypatch):
    monkeypatch.setattr("courses.drills.remarking.marking_again.BATCH", 1)
    played = [play(scenario, LATER) for _n in range(3)]
    correct(scenario, "door", worth([2, 0, 2]))
    proposed = propose(scenario, focal_point)
    DrillRepair.objects.filter(pk=proposed.pk).update(
        state=RepairState.RUNNING, cursor=0, done=0, confirmed_at=NOW, confirmed_by_id=focal_point.pk
    )
    assert marking_again.go_on(proposed.pk, at=NOW, batches=1)
    assert sorted(run.markings.count() for run in played) == [1, 1, 2]
    assert not marking_again.go_on(proposed.pk, at=NOW)
    assert not marking_again.go_on(proposed.pk, at=NOW)
    assert [results(run) for run in played] == [[(0, False), (100, True)]] * 3


def test_another_edition_meanwhile_is_looked_at_anew(scenario, focal_point):
    play(scenario, LATER)
    scenario = correct(scenario, "door", worth([2, 0, 2]))
    proposed = propose(scenario, focal_point)
    correct(scenario, "door", worth([2, 0, 1]))
    with pytest.raises(DrillRepairRefused):
        repairing.confirm(proposed.uuid, actor=focal_point, at=NOW)


def test_there_is_nothing_to_put_right_without_another_edition(scenario, focal_point):
    play(scenario, LATER)
    with pytest.raises(DrillRepairRefused):
        propose(scenario, focal_point)


def test_a_run_without_its_log_is_left(scenario, focal_point):
    run = play(scenario, LATER)
    # As erasing does, past the model.
    run.moves.all()._raw_delete("default")
    correct(scenario, "door", worth([2, 0, 2]))
    done = repair(scenario, focal_point)
    assert (done.left, results(run)) == (1, [(0, False)])


def test_a_case_is_marked_again_by_its_right_key(focal_point):
    run = writing.handed_in(make_person())
    assert results(run) == [(100, True)]
    page = running.CasePage.objects.get(translation_key=run.case_key)
    form = json.loads(json.dumps(list(page.form.raw_data)))
    choice = next(block for block in form if block["type"] == "choice")
    options = choice["value"]["options"]
    for option in options:
        value = option.get("value", option)
        value["right"], value["critical"] = not value["right"], ""
    page.form = json.dumps(form)
    publish(page)

    proposed = repairing.propose(DrillKind.CASE, run.case_key, reason="Wrong", actor=focal_point, at=NOW)
    repairing.confirm(proposed.uuid, actor=focal_point, at=NOW)

    first, second = run.markings.order_by("n")
    assert second.score < first.score
    assert (second.passed, second.details["fields"][0]["id"]) == (True, first.details["fields"][0]["id"])
    run = CaseRun.objects.select_related("edition").get(pk=run.pk)
    assert running.scored(run).per_cent == second.score
