"""What the pages of a run show. Nothing of points or errors before it is over."""

import random

from courses.choices import CriticalError, DrillStep, EndingKind
from courses.drills.scenarios.blocks import MediaBlock
from courses.procedures.models import Clause

MEDIA = MediaBlock()


def media_of(situation):
    """The picture, film or sound of a situation, to be drawn as in lessons."""
    return MEDIA.to_python(situation["media"]) if situation["media"] else ()


def shuffled(choices, edition, person, situation):
    """The choices of a situation in an order that is this person's own, on every page and device."""
    order = list(choices)
    random.Random(f"{edition.pk}:{person.pk}:{situation}").shuffle(order)  # noqa: S311
    return order


def scenes_of(edition, person):
    """Every situation with its choices in this person's order; what follows only where practice tells it."""
    return [
        {
            "situation": one,
            "media": media_of(one),
            "choices": [
                {**choice, "consequence": choice["consequence"] if edition.is_practice else ""}
                for choice in shuffled(one["choices"], edition, person, one["id"])
            ],
        }
        for one in edition.story["situations"]
    ]


def _situation(run, place):
    return next(one for one in run.edition.story["situations"] if one["id"] == place)


def situation_of(run, played, place):
    """The situation at `place`, what followed from the last choice, and the places gone back to."""
    found, practice = _situation(run, place), run.edition.is_practice
    titles = {one["id"]: one["title"] for one in run.edition.story["situations"]}
    met = [(one, titles[one]) for one in played.met if one in titles and one != place]
    return {
        "situation": found,
        "media": media_of(found),
        "choices": shuffled(found["choices"], run.edition, run.person, place),
        "chosen": played.first.get(place) if practice else None,
        "followed": _followed(run, played) if practice and place == played.here else None,
        "met": met if practice else [],
        "n": list(played.met).index(place) + 1,
    }


def _followed(run, played):
    """The last choice, where it led to where they stand; None after a step back or at the beginning."""
    situation, choice = played.last
    if not choice:
        return None
    made = next((one for one in _situation(run, situation)["choices"] if one["id"] == choice), None)
    if made is None or made["to"] != played.here:
        return None
    return {**made, "error": _error(made["critical"])}


def _error(code):
    return CriticalError(code).label if code else ""


def ending_of(run, played):
    """The ending, worded by whether it was passed: nobody reads of success and has failed."""
    ending = next(one for one in run.edition.story["endings"] if one["id"] == played.here)
    marking = run.latest_marking()
    missed = not marking.passed and ending["kind"] == EndingKind.GOOD
    return {
        "ending": ending,
        "text": ending["text_if_missed"] if missed and ending["text_if_missed"] else ending["text"],
        "followed": _followed(run, played) if run.edition.is_practice else None,
        **_result(run, marking),
    }


def _result(run, marking):
    details = marking.details
    return {
        "marking": marking,
        "mark": run.edition.policy["pass_mark"],
        "errors": list(dict.fromkeys(_error(code) for _situation, _choice, code in details["critical"])),
        "steps": [
            (DrillStep(step).label, *details["steps"][step])
            for step in DrillStep.values
            if step in details["steps"]
        ],
    }


def review_of(run):
    """Every situation met, in order: what was chosen there first, what the procedure asks, its clauses."""
    played, marking = run.played(), run.latest_marking()
    # As it was told then; what the procedure asks, as the points were put right since.
    situations = [_situation(run, place) for place in played.first]
    right = {one["id"]: one for one in run.right_story(marking)["situations"]}
    numbers = {number for one in situations for number in one["clauses"]}
    clauses = Clause.objects.in_bulk(numbers)
    rows = [
        {
            "situation": one,
            "step": DrillStep(one["step"]).label,
            "chosen": next(each for each in one["choices"] if each["id"] == played.first[one["id"]]),
            "clauses": [clauses[number] for number in one["clauses"] if number in clauses],
            "missed": one["id"] in marking.details["missed"],
        }
        for one in situations
    ]
    for row in rows:
        choices = right[row["situation"]["id"]]["choices"]
        row["error"] = _error(next(one["critical"] for one in choices if one["id"] == row["chosen"]["id"]))
        most = max(each["points"] for each in choices)
        row["better"] = [each for each in choices if each["points"] == most]
    return {"rows": rows, **_result(run, marking)}
