"""What a run comes to, by the points of its own edition or of one that put them right. Keeps nothing."""

from courses.drills.remarking.results import Result
from courses.drills.scenarios import playing, scoring


def result_of(run, edition):
    """The Result of the log by the points of `edition`; None where its story does not lead the same way.

    What was promised stays: the pass mark, and whether going back is allowed, are those of its own edition.
    """
    log, back = run.log(), run.edition.is_practice
    mine = playing.play(run.edition.story, log, back=back)
    # Without its log, as after the personal data were erased, nothing is worked out.
    if not mine.is_over or playing.play(edition.story, log, back=back) != mine:
        return None
    found = scoring.score(edition.story, log, back=back)
    details = details_of(found, mine.here)
    if edition.pk != run.edition_id:
        details["by"] = edition.pk
    return Result(found.per_cent, found.passes(run.edition.policy["pass_mark"]), details)


def details_of(found, ending):
    """A Score as a marking keeps it."""
    return {
        "points": found.points,
        "of": found.of,
        "steps": {step: list(both) for step, both in found.steps.items()},
        "critical": [list(one) for one in found.critical],
        "missed": list(found.missed),
        "ending": ending,
    }
