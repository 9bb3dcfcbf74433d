"""What the tables of an exercise came to, by clause and by agency: for the debrief in the room."""

from collections import Counter
from dataclasses import dataclass

from courses.choices import CriticalError, DrillStep
from courses.drills.tabletop import deck, scoring
from courses.procedures.register import words_in_force

# A few places are taught again in the time there is.
MOST_AGAIN = 3


@dataclass(frozen=True)
class Debrief:
    """`tables`: [{"n", "way", "ending", "steps", "errors"}, ...]. `by_clause`: [(Clause or None, [Asked, ...]),
    ...], only what a table came to. `again`: [{"clause", "words", "missed", "n", "errors"}, ...]: the clauses
    that were missed most, with the words of the edition in force."""

    tables: list
    by_clause: list
    again: list
    questions: list


def debrief_of(held):
    """Asks for a TableTopHeld with its edition."""
    edition, content = held.edition, held.edition.content
    results = list(held.results.in_force().order_by("table"))
    cards, sheets = edition.cards(), edition.sheets()
    asked = {one.duty["id"]: one for one in scoring.add_up(content["duties"], [each.marks for each in results])}
    by_clause = [
        (clause, [asked[duty["id"]]._replace(duty=duty) for duty in duties if duty["id"] in asked])
        for clause, duties in sheets.by_clause
    ]
    by_clause = [(clause, rows) for clause, rows in by_clause if rows]
    return Debrief(
        tables=[_table(one, content, cards) for one in results],
        by_clause=by_clause,
        again=_again(by_clause, results, content),
        questions=content["questions"],
    )


def _table(result, content, cards):
    endings = {one["id"]: one["title"] for one in content["story"]["endings"]}
    details = result.details
    return {
        "n": result.table,
        "way": deck.written([tuple(one) for one in result.way], cards),
        "ending": endings.get(details["ending"], ""),
        "steps": [
            (DrillStep(step).label, *details["steps"][step])
            for step in DrillStep.values
            if step in details["steps"]
        ],
        "errors": list(
            dict.fromkeys(CriticalError(code).label for _place, _choice, code in details["critical"])
        ),
    }


def _again(by_clause, results, content):
    """The clauses at which most went wrong: duties missed, and critical errors of joint decisions."""
    cited = {one["id"]: one["clauses"] for one in content["story"]["situations"]}
    errors = {}
    for result in results:
        for place, _choice, code in result.details["critical"]:
            for key in cited[place]:
                errors.setdefault(key, Counter())[CriticalError(code).label] += 1
    clauses = {clause.pk: rows for clause, rows in by_clause if clause is not None}
    wrong = {
        key: sum(row.missed for row in clauses.get(key, ())) + sum(errors.get(key, {}).values())
        for key in {*clauses, *errors}
    }
    worst = sorted((key for key in wrong if wrong[key]), key=lambda key: (-wrong[key], key))[:MOST_AGAIN]
    words = words_in_force(worst)
    return [
        {
            "words": words[key],
            "missed": sum(row.missed for row in clauses.get(key, ())),
            "of": sum(row.n for row in clauses.get(key, ())),
            "errors": [label for label, _n in errors.get(key, Counter()).most_common()],
        }
        for key in worst
        if key in words
    ]
