"""A scenario whose points were put right after somebody had played it."""

import json
import uuid

from django.utils import timezone

from courses.choices import DrillKind
from courses.drills.remarking import repairing
from courses.drills.scenarios import runs
from tests.factories import make_enrolment, make_person, make_scenario, publish


def make_drill_repair(course_page):
    """(the run, the repair that waits to be confirmed): coming back later was worth nothing."""
    at, scenario = timezone.now(), make_scenario(course_page)
    enrolment = make_enrolment(make_person(full_name="Lou Later"), course_page.course)
    run = runs.start(scenario.translation_key, enrolment=enrolment, actor=None, at=at)
    last = run.edition.story["situations"][0]["choices"][2]["id"]
    runs.choose(run, [runs.Choice(uuid.uuid4(), "door", last)], actor=None, at=at)
    scenes = list(scenario.scenes.raw_data)
    choice = scenes[0]["value"]["choices"][2]
    choice.get("value", choice)["points"] = 2
    scenario.scenes = json.dumps(scenes)
    publish(scenario)
    said = {"reason": "The third is right", "actor": None, "at": at}
    return run, repairing.propose(DrillKind.SCENARIO, scenario.translation_key, **said)
