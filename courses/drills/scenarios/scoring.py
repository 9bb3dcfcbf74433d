"""What a story that was played comes to. Pure: the same choices always come to the same.

Only what somebody chose is counted, and at each situation only what they chose there first: going back is for
learning. How the people in the story answer is never counted. Of each situation come to, the points of the
choice are set against the most that could be had there, so that no way through the story is worth more than
another. A critical error fails it whatever the points.
"""

from dataclasses import dataclass

from courses.drills.scenarios.playing import choices_of, play


@dataclass(frozen=True)
class Score:
    """`steps`: {step of the procedure: (points, of)}, in the order of the story. `critical`: [(situation,
    choice, code of the error), ...]. `missed`: situations at which more could have been done."""

    points: int
    of: int
    steps: dict
    critical: tuple
    missed: tuple
    is_over: bool

    @property
    def per_cent(self):
        """Whole, rounded down: 79.9 is not 80."""
        return self.points * 100 // self.of if self.of else 100

    def passes(self, mark):
        """Whether it was played to an end, with `mark` per cent at least and no critical error."""
        return self.is_over and not self.critical and self.per_cent >= mark


def score(story, log, *, back):
    """The Score of this log; `back` as of `play`."""
    played = play(story, log, back=back)
    choices = choices_of(story)
    step_of = {one["id"]: one["step"] for one in story["situations"]}
    steps, critical, missed = {}, [], []
    for situation, chosen in played.first.items():
        choice = choices[situation][chosen]
        most = max(one["points"] for one in choices[situation].values())
        points, of = steps.get(step_of[situation], (0, 0))
        steps[step_of[situation]] = (points + choice["points"], of + most)
        if choice["critical"]:
            critical.append((situation, chosen, choice["critical"]))
        if choice["points"] < most:
            missed.append(situation)
    return Score(
        points=sum(points for points, _of in steps.values()),
        of=sum(of for _points, of in steps.values()),
        steps=steps,
        critical=tuple(critical),
        missed=tuple(missed),
        is_over=played.is_over,
    )
