"""Classes that play a scenario: each person by the way they took at the door and in the room."""

import uuid
from datetime import timedelta

from django.utils import timezone

from courses.drills.scenarios import runs
from courses.drills.scenarios.models import ScenarioEdition
from tests.courses.procedures.writing import make_procedure
from tests.factories import (
    choice,
    ending,
    make_agency,
    make_course_page,
    make_enrolment,
    make_module,
    make_person,
    make_scenario,
    set_outline,
    situation,
)

# The choices at each situation, by their places from 0.
GOOD = [("door", 0), ("room", 0)]
WARNED = [("door", 1), ("room", 0)]
DECIDED = [("door", 0), ("room", 1)]


def make_drill(clauses=None, asks="Speak to her alone, before anybody else.", **kwargs):
    """A scenario of a course, whose door cites the first of these clauses and whose room the second."""
    texts = clauses or {"4.1": "Speak to the person alone.\n\nMore words.", "4.2": "Ask before you act."}
    procedure = make_procedure(texts)
    first, second = procedure.clauses.all()[:2]
    scenes = [
        situation(
            "door",
            choice("Ask to speak alone", "room", 2),
            choice("Ask the man first", "room", critical="alerts_suspect"),
        ),
        situation("room", choice("Ask what she wants", "end", 2), choice("Decide", "end"), step="consent"),
        ending("end", text="She was heard."),
    ]
    for scene, clause in zip(scenes, (first, second), strict=False):
        scene["value"]["clauses"] = [{"type": "item", "value": clause.pk, "id": str(uuid.uuid4())}]
        scene["value"]["asks"] = asks
    page = make_course_page()
    scenario = make_scenario(page, scenes, **kwargs)
    set_outline(page, [make_module(scenario)])
    scenario.course, scenario.clauses = page.course, [first, second]
    return scenario


def play(scenario, person, way, at=None):
    """Play it so to its end. Returns the run."""
    at = at or timezone.now()
    enrolment = person.enrolments.filter(course=scenario.course).first()
    enrolment = enrolment or make_enrolment(person, scenario.course, at=at - timedelta(hours=1))
    run = runs.start(scenario.translation_key, enrolment=enrolment, actor=None, at=at)
    story = {one["id"]: one for one in ScenarioEdition.objects.get(pk=run.edition_id).story["situations"]}
    moves = [runs.Choice(uuid.uuid4(), place, story[place]["choices"][n]["id"]) for place, n in way]
    runs.choose(run, moves, actor=None, at=at)
    return run


def make_class(scenario, ways, agency=None, **kwargs):
    """One person of an agency for each way. Returns the people."""
    agency = agency or make_agency()
    people = [make_person(agency=agency) for _way in ways]
    for person, way in zip(people, ways, strict=True):
        play(scenario, person, way, **kwargs)
    return people
