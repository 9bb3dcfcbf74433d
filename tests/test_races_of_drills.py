"""Two tabs of a drill: who asks for the same locks asks for them in one order."""

import time
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from courses.choices import RunState
from courses.drills.scenarios import runs
from tests.at_once import at_once
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_module,
    make_person,
    make_scenario,
    make_user,
    set_outline,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user():
    return make_user(person=make_person())


def test_the_last_choice_of_a_case_and_another_case_instead_wait_in_one_order(user):
    page = make_course_page()
    other = make_scenario(page, title="The guest house")
    scenario = make_scenario(page, title="The fishing boat", instead=other)
    set_outline(page, [make_module(scenario)])
    enrolment = make_enrolment(user.person, page.course)
    key = scenario.translation_key
    run = runs.start(key, enrolment=enrolment, actor=user, at=timezone.now())
    places = {one["id"]: one["choices"] for one in run.edition.story["situations"]}
    way = [runs.Choice(uuid.uuid4(), place, places[place][0]["id"]) for place in ("door", "room")]

    def slowly(execute, sql, *args):
        # So that each holds its first lock while it asks for the second.
        found = execute(sql, *args)
        if "FOR UPDATE" in sql:
            time.sleep(0.3)
        return found

    def deed(n):
        with connection.execute_wrapper(slowly):
            if n:
                return runs.choose(run, way, actor=user, at=timezone.now())
            instead = {"play_key": other.translation_key, "enrolment": enrolment}
            return runs.start(key, **instead, actor=user, at=timezone.now())

    begun, statuses = at_once(deed, 2)
    run.refresh_from_db()
    # Whichever came first: it was left with its log, or it was ended and marked.
    assert statuses == [runs.ACCEPTED] * 2
    assert run.moves.count() == 2
    assert (run.state, run.markings.count()) in [(RunState.LEFT, 0), (RunState.ENDED, 1)]
    assert begun.is_open
    assert begun.edition.scenario_key == other.translation_key
