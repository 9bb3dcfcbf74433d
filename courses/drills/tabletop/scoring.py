"""What a table came to: its joint decisions, scored as the same choices are on a screen, and what each agency
at it did of what the procedure asks. Pure: the same sheet always comes to the same.

No person is scored: a table decides together, and a role is not the one who played it.
"""

from collections import namedtuple
from dataclasses import dataclass

from courses.drills.scenarios import scoring as choices_scoring
from courses.drills.scenarios.playing import play

DONE, PROMPTED, MISSED = "done", "prompted", "missed"
MARKS = (DONE, PROMPTED, MISSED)

# What one agency is asked at one situation: {"id", "agency", "at", "text", "clauses"} as `freezing` keeps it.
# `n`: tables that were asked; the others, how many of them did it, did it after a prompt, or missed it.
Asked = namedtuple("Asked", "duty n done prompted missed")


@dataclass(frozen=True)
class TableScore:
    """`decisions`: scenarios.scoring.Score. `ending`: the id of the ending, "" where time was up before one.
    `asked`: ids of the duties that the table came to, with those agencies at it, in their order."""

    decisions: choices_scoring.Score
    ending: str
    asked: tuple


def score(content, log, absent):
    """The TableScore of a log of joint decisions. `content`: as `freezing` keeps it; `absent`: names of
    agencies that nobody played."""
    played = play(content["story"], log, back=False)
    met = set(played.met)
    asked = tuple(
        duty["id"] for duty in content["duties"] if duty["at"] in met and duty["agency"] not in set(absent)
    )
    return TableScore(
        choices_scoring.score(content["story"], log, back=False), played.here if played.is_over else "", asked
    )


def add_up(duties, marks):
    """[Asked, ...] of every duty that any table was asked, in their order. `marks`: of each table, {duty id:
    one of MARKS}."""
    found = []
    for duty in duties:
        given = [one[duty["id"]] for one in marks if duty["id"] in one]
        if given:
            found.append(Asked(duty, len(given), *(given.count(mark) for mark in MARKS)))
    return found
