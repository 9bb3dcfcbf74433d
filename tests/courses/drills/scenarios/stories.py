"""Stories for tests: small ones by hand, and any there could be."""

from hypothesis import strategies

from courses.choices import CriticalError, DrillStep


def situation(id, *leads_to, step="safety", points=None, critical=None):
    """A situation with one choice for each place it leads to. The first is worth two points, others none."""
    worth = points or [2, *[0] * (len(leads_to) - 1)]
    wrong = critical or {}
    return {
        "id": id,
        "step": step,
        "choices": [
            {"id": f"{id}{n}", "to": to, "points": worth[n], "critical": wrong.get(n, "")}
            for n, to in enumerate(leads_to)
        ],
    }


def ending(id):
    return {"id": id}


def story(*situations, endings=("end",)):
    return {"situations": list(situations), "endings": [ending(one) for one in endings]}


PLACES = [f"s{n}" for n in range(7)]
ENDINGS = ["e0", "e1"]


@strategies.composite
def any_story(draw):
    """Sound or not: unreachable places, dead ends, loops, choices that lead nowhere."""
    leads_to = strategies.sampled_from([*PLACES, *ENDINGS, "nowhere"])
    situations = [
        situation(
            place,
            *draw(strategies.lists(leads_to, max_size=4)),
            step=draw(strategies.sampled_from(DrillStep.values)),
        )
        for place in PLACES[: draw(strategies.integers(1, len(PLACES)))]
    ]
    for one in situations:
        for choice in one["choices"]:
            choice["points"] = draw(strategies.integers(0, 2))
            choice["critical"] = draw(strategies.sampled_from(["", "", "", *CriticalError.values]))
    return story(*situations, endings=ENDINGS[: draw(strategies.integers(0, 2))])


@strategies.composite
def sound_story(draw):
    """One that can be played to every ending: each situation leads on to the next by its first choice."""
    places = PLACES[: draw(strategies.integers(1, len(PLACES)))]
    others = strategies.lists(strategies.sampled_from([*places, *ENDINGS]), max_size=3)
    following = [*([one] for one in places[1:]), ENDINGS]
    return story(
        *(situation(place, *on, *draw(others)) for place, on in zip(places, following, strict=True)),
        endings=ENDINGS,
    )


def any_log(found):
    """Any log for this story, sensible or not."""
    entries = [(one["id"], choice["id"]) for one in found["situations"] for choice in one["choices"]]
    back = [(one["id"], "") for one in found["situations"]]
    return strategies.lists(strategies.sampled_from([*entries, *back, ("s0", "unknown")]), max_size=25)
