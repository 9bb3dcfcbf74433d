"""What stands on the cards and sheets of a table-top exercise."""

from dataclasses import dataclass

from courses.choices import CriticalError, DrillStep
from courses.procedures.register import clauses_with


@dataclass(frozen=True)
class Sheets:
    """For a table: `roles`, `cards`, `injects`, `follows` (what comes of a choice, and which card to take), and
    `lines` to write the way on. For the trainer alone: `key` and `by_clause`."""

    title: str
    content: dict
    roles: list
    cards: list
    injects: list
    follows: list
    lines: range
    key: list
    by_clause: list


def lay_out(title, content, cards):
    """The Sheets of an exercise. `content`: as of `freezing.content_of`; `cards`: its deck.Cards."""
    story = content["story"]
    places = {one["id"]: one for one in [*story["situations"], *story["endings"]]}
    choices = {choice["id"]: choice for one in story["situations"] for choice in one["choices"]}
    number = {card.place: card.n for card in cards}
    injects = sorted(content["injects"], key=lambda one: (one["minute"], number[one["at"]]))
    return Sheets(
        title=title,
        content=content,
        roles=content["roles"],
        cards=[
            {
                "n": card.n,
                "place": places[card.place],
                "choices": [(way.letter, choices[way.id]["text"]) for way in card.choices],
            }
            for card in cards
        ],
        injects=[{"n": n, "card": number[one["at"]], **one} for n, one in enumerate(injects, 1)],
        follows=[
            {"mark": f"{card.n}{way.letter}", "text": choices[way.id]["consequence"], "to": way.to}
            for card in cards
            for way in card.choices
        ],
        lines=range(1, min(len(story["situations"]), 20) + 1),
        key=[_keyed(card, places[card.place], choices) for card in cards if card.choices],
        by_clause=by_clause(content["duties"], number),
    )


def _keyed(card, situation, choices):
    most = max(choices[way.id]["points"] for way in card.choices)
    return {
        "n": card.n,
        "title": situation["title"],
        "step": DrillStep(situation["step"]).label if situation["step"] else "",
        "asks": situation["asks"],
        "best": [way.letter for way in card.choices if choices[way.id]["points"] == most],
        "critical": [
            (way.letter, CriticalError(choices[way.id]["critical"]).label)
            for way in card.choices
            if choices[way.id]["critical"]
        ],
    }


def by_clause(duties, number):
    """[(Clause or None, [duty with its "card", ...]), ...] in the order of the procedure; a duty that goes by
    several clauses stands under the first of them. One query."""
    cited = clauses_with([key for one in duties for key in one["clauses"]])
    clauses = sorted(cited, key=lambda clause: (clause.procedure_id, clause.place, clause.pk))
    rows = {}
    for duty in duties:
        first = next((clause for clause in clauses if clause.pk in duty["clauses"]), None)
        rows.setdefault(first, []).append({**duty, "card": number[duty["at"]]})
    return [(clause, rows[clause]) for clause in [*clauses, None] if clause in rows]
