"""Playing: one log that only grows, one open run, an ending that is marked, and nothing lost."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.append_only import AppendOnlyError
from courses.choices import RunState, ScenarioMode
from courses.drills.scenarios import marking as marking_of
from courses.drills.scenarios import runs
from courses.drills.scenarios.models import Move, Run, ScenarioEdition
from courses.drills.scenarios.refusing import RunRefused
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion
from tests.factories import (
    make_course,
    make_course_page,
    make_enrolment,
    make_module,
    make_scenario,
    publish,
    set_outline,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def page():
    return make_course_page()


@pytest.fixture
def scenario(page):
    return make_scenario(page)


@pytest.fixture
def enrolment(page, scenario, constable):
    set_outline(page, [make_module(scenario)])
    return make_enrolment(constable.person, page.course)


def start(scenario, enrolment, **kwargs):
    return runs.start(scenario.translation_key, enrolment=enrolment, actor=None, at=NOW, **kwargs)


def chosen(run, situation, n):
    """The n-th choice of a situation, from 0; None: back to it."""
    story = {one["id"]: one for one in run.edition.story["situations"]}
    choice = "" if n is None else story[situation]["choices"][n]["id"]
    return runs.Choice(uuid.uuid4(), situation, choice)


def play(run, *moves):
    return runs.choose(run, [chosen(run, *move) for move in moves], actor=None, at=NOW)


def test_the_best_way_is_passed_and_marked_once(scenario, enrolment):
    run = start(scenario, enrolment)
    assert play(run, ("door", 0), ("room", 0)) == [runs.ACCEPTED, runs.ACCEPTED]

    run.refresh_from_db()
    (marking,) = run.markings.all()
    assert (run.state, marking.score, marking.passed) == (RunState.ENDED, 100, True)
    assert marking.details["steps"] == {"safety": [2, 2], "consent": [2, 2]}
    assert marking.details["ending"] == "end"


def test_a_critical_error_fails_however_well_it_goes_on(scenario, enrolment):
    run = start(scenario, enrolment)
    play(run, ("door", 1), ("repair", 0), ("room", 0))
    marking = run.latest_marking()
    assert not marking.passed
    assert [error for _place, _choice, error in marking.details["critical"]] == ["alerts_suspect"]


def test_the_score_is_worked_out_again_from_the_log_alone(scenario, enrolment):
    run = start(scenario, enrolment)
    play(run, ("door", 1), ("door", None), ("door", 0), ("room", 1))
    again = Run.objects.select_related("edition").get(pk=run.pk)
    marking = again.latest_marking()
    assert marking_of.details_of(again.scored(), again.played().here) == marking.details
    assert again.scored().per_cent == marking.score


def test_the_log_only_grows_and_keeps_what_moved_nobody(scenario, enrolment):
    run = start(scenario, enrolment)
    assert play(run, ("room", 0), ("door", 0), ("door", None), ("room", 1), ("door", 0)) == [
        runs.OUT_OF_STEP,
        runs.ACCEPTED,
        runs.ACCEPTED,
        runs.ACCEPTED,
        runs.OUT_OF_STEP,
    ]
    assert [(move.n, move.situation) for move in run.moves.all()] == [
        *((1, "room"), (2, "door"), (3, "door"), (4, "room"), (5, "door")),
    ]
    with pytest.raises(AppendOnlyError):
        run.moves.first().delete()


def test_what_is_sent_twice_is_kept_once(scenario, enrolment):
    run = start(scenario, enrolment)
    move = chosen(run, "door", 0)
    sent = lambda *moves: runs.choose(run, moves, actor=None, at=NOW)  # noqa: E731
    assert sent(move, move) == [runs.ACCEPTED, runs.DUPLICATE]
    assert sent(move) == [runs.DUPLICATE]
    assert Move.objects.count() == 1


def test_in_a_test_nobody_goes_back(scenario, enrolment):
    scenario.mode = ScenarioMode.COUNTED
    publish(scenario)
    run = start(scenario, enrolment)
    assert play(run, ("door", 1), ("door", None), ("door", 0)) == [
        runs.ACCEPTED,
        runs.OUT_OF_STEP,
        runs.OUT_OF_STEP,
    ]
    assert run.played().here == "repair"


def test_starting_again_goes_on_with_the_one_begun(scenario, enrolment):
    run = start(scenario, enrolment)
    play(run, ("door", 0))
    assert start(scenario, enrolment) == run
    play(run, ("room", 0))
    assert start(scenario, enrolment) != run


def test_the_database_holds_one_open_run(scenario, enrolment):
    run = start(scenario, enrolment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            person=run.person,
            enrolment=enrolment,
            edition=run.edition,
            credit_key=run.credit_key,
            cycle=run.cycle,
            started_at=NOW,
        )


def test_a_run_keeps_the_edition_it_began_with(scenario, enrolment):
    run = start(scenario, enrolment)
    scenario.pass_mark = 90
    publish(scenario)
    publish(scenario)
    assert [one.n for one in ScenarioEdition.objects.all()] == [1, 2]
    play(run, ("door", 2))
    assert Run.objects.get(pk=run.pk).edition.policy["pass_mark"] == 70


def test_another_case_counts_the_same_and_the_one_begun_is_left(page, scenario, enrolment):
    # Not on the path itself, as one of another sector would not be.
    other = make_scenario(page, title="The window")
    scenario.instead = other
    publish(scenario)
    run = start(scenario, enrolment)
    play(run, ("door", 1))

    swapped = start(scenario, enrolment, play_key=other.translation_key)
    play(swapped, ("door", 0), ("room", 0))

    run.refresh_from_db()
    assert (run.state, run.moves.count()) == (RunState.LEFT, 1)
    assert swapped.edition.title == "The window"
    assert swapped.credit_key == scenario.translation_key


def test_no_other_case_is_played_than_the_one_named(page, scenario, enrolment):
    other = make_scenario(page)
    with pytest.raises(RunRefused) as refused:
        start(scenario, enrolment, play_key=other.translation_key)
    assert refused.value.code == "closed"


def test_who_does_not_study_the_course_starts_nothing(scenario, enrolment):
    Enrolment.objects.filter(pk=enrolment.pk).update(state="withdrawn", ended_at=NOW)
    with pytest.raises(RunRefused) as refused:
        start(scenario, enrolment)
    assert refused.value.code == "not studying"


def test_what_was_begun_on_a_device_is_never_refused(scenario, enrolment):
    on_line = start(scenario, enrolment)
    edition, name = on_line.edition, uuid.uuid4()
    scenario.pass_mark = 90
    publish(scenario)

    begun = [
        runs.begun_on_device(name, edition, enrolment=enrolment, started_at=NOW, actor=None, at=NOW)
        for _ in range(2)
    ]

    assert begun[0] == begun[1] != on_line
    assert begun[0].edition == edition


def test_a_name_that_is_somebody_elses_is_refused(page, scenario, enrolment, nurse):
    run = start(scenario, enrolment)
    other = make_enrolment(nurse.person, page.course)
    with pytest.raises(RunRefused):
        runs.begun_on_device(run.uuid, run.edition, enrolment=other, started_at=NOW, actor=None, at=NOW)


class TestCompletion:
    """A course may ask for its drills; whoever began before it did is held to what they began with."""

    def course(self, **asked):
        asked = {"needs_lessons": False, "needs_checks": False, "needs_final": False, **asked}
        page = make_course_page(course=make_course(**asked))
        scenario = make_scenario(page)
        return set_outline(page, [make_module(scenario)]), scenario

    def test_a_course_is_completed_by_passing_its_case(self, constable):
        page, scenario = self.course(needs_drills=True)
        enrolment = make_enrolment(constable.person, page.course)
        failed = start(scenario, enrolment)
        play(failed, ("door", 2))
        assert not Completion.objects.exists()

        passed = start(scenario, enrolment)
        play(passed, ("door", 0), ("room", 0))

        (completion,) = Completion.objects.all()
        assert completion.rule["drills"] is True
        assert completion.evidence["drills"] == [
            [str(scenario.translation_key), scenario.title, str(passed.uuid), 100]
        ]
        assert completion.minutes == scenario.minutes

    def test_whoever_began_before_is_not_asked_for_it(self, constable, nurse):
        page, scenario = self.course()
        before = make_enrolment(constable.person, page.course)
        course = page.course
        course.needs_drills = True
        course.save()
        after = make_enrolment(nurse.person, course)

        assert "drills" not in before.edition.rule
        assert after.edition.rule["drills"] is True
        assert after.edition.n == before.edition.n + 1
