"""What a filled-in case comes to, by the key of its own edition or of one that put it right. Keeps nothing."""

from courses.drills.cases.scoring import score
from courses.drills.remarking.results import Result


def result_of(run, edition):
    """The Result of what was filled in by the key of `edition`; None where its form is another one.

    What was promised stays: the pass mark is that of the run's own edition.
    """
    is_own = edition.pk == run.edition_id
    # Without answers, as after the personal data were erased, nothing is worked out anew.
    if not is_own and (_form_of(edition) != _form_of(run.edition) or not run.saved.exists()):
        return None
    found = score(run.edition.fields, edition.key, run.answers())
    return Result(
        found.per_cent,
        found.passes(run.edition.pass_mark),
        details_of(found) | ({} if is_own else {"by": edition.pk}),
    )


def _form_of(edition):
    """What may be answered, without the words: every field with its options, rows and rubric."""
    return [
        (field["id"], field["kind"])
        + tuple(
            tuple(one["id"] for one in part)
            for part in (
                field.get("options", ()),
                field.get("rows", ()),
                edition.key[field["id"]].get("rubric", ()),
            )
        )
        for field in edition.fields
    ]


def details_of(found):
    """A Score as a marking keeps it."""
    return {
        "points": found.points,
        "of": found.of,
        "steps": {step: list(sums) for step, sums in found.steps.items()},
        "critical": [list(error) for error in found.critical],
        "fields": [
            {"id": one.id, "step": one.step, "points": one.points, "of": one.of, "right": one.is_right}
            for one in found.fields
        ],
    }
