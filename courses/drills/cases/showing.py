"""What the pages of a practice case show: the form as it is filled in, and afterwards field by field."""

import uuid

from courses.choices import CriticalError, DrillStep
from courses.drills.cases.answering import is_blank, texts_of
from courses.drills.cases.real_looking import looks_real
from courses.drills.cases.scoring import CHOICES, LONG, MISSED, RIGHT, TIMES
from courses.procedures.models import Clause


def reached(edition, answers):
    """How many pages are open: what comes in later is seen when the pages before were filled in."""
    open_pages = 1
    for page in edition.pages[:-1]:
        if not all(field["id"] in answers for field in page["fields"]):
            break
        open_pages += 1
    return open_pages


def gaps(edition, answers):
    """The fields that are empty."""
    return [field for field in edition.fields if is_blank(answers.get(field["id"]))]


def filled_page(page, answers):
    """The page with what was filled in at each of its fields."""
    return page | {"fields": [filled_field(field, answers.get(field["id"])) for field in page["fields"]]}


def filled_field(field, answer):
    shown = {**field, "is_blank": is_blank(answer), "looks_real": real_in(field, answer)}
    if "options" in field:
        chosen = set(answer or ()) if field["kind"] == CHOICES else {answer}
        shown["options"] = [option | {"chosen": option["id"] in chosen} for option in field["options"]]
    elif field["kind"] == TIMES:
        shown["rows"] = [row | {"typed": (answer or {}).get(row["id"], "")} for row in field["rows"]]
    else:
        shown["typed"] = answer or ""
    return shown


def real_in(field, answer):
    """What of an answer looks like something of a real person, or ""."""
    return next(filter(None, map(looks_real, texts_of(field, answer))), "")


def newly_real(fields, before, now):
    """The fields among these where something was typed now that looks real and did not stand there before."""
    return [
        field["id"]
        for field in fields
        if real_in(field, now.get(field["id"])) and before.get(field["id"]) != now.get(field["id"])
    ]


def told_fields(run, scored, judgements):
    """The form field by field, with what was right and why. One query for all the clauses."""
    edition, answers, key = run.edition, run.answers(), run.right_key()
    clauses = _clauses(key)
    return [
        told_field(
            filled_field(field, answers.get(field["id"])),
            key[field["id"]],
            result,
            clauses,
            judgements,
        )
        for field, result in zip(edition.fields, scored.fields, strict=True)
    ]


def told_field(field, key, result, clauses, judgements):
    marks, codes = dict(result.told), {place: CriticalError(code).label for place, code in result.critical}
    told = {
        **field,
        "points": result.points,
        "of": result.of,
        "is_right": result.is_right,
        "step": DrillStep(key["step"]).label,
        "why": key["why"],
        "model": key.get("model", ""),
        "critical": codes.get("", ""),
        "clauses": [clauses[name] for name in key["clauses"] if name in clauses],
    }
    if "options" in field:
        told["entries"] = [
            _entry(
                option["text"],
                marks[option["id"]],
                key["options"][option["id"]]["why"],
                codes.get(option["id"]),
            )
            for option in field["options"]
            if option["id"] in marks
        ]
    elif field["kind"] == TIMES:
        told["entries"] = [
            _entry(row["text"], marks[row["id"]], key["rows"][row["id"]]["why"], typed=row["typed"])
            | {"right_at": ", ".join(key["rows"][row["id"]]["at"])}
            for row in field["rows"]
        ]
    elif field["kind"] == LONG:
        own, confirmed = judgements.get((field["id"], True)), judgements.get((field["id"], False))
        told |= {"own": own, "confirmed": confirmed, "judgement_uuid": uuid.uuid4()}
        told["rubric"] = [
            line
            | {
                "own": own is not None and line["id"] in own.met,
                "confirmed": confirmed is not None and line["id"] in confirmed.met,
            }
            for line in key["rubric"]
        ]
    return told


def _entry(text, mark, why, critical="", typed=""):
    return {
        "text": text,
        "mark": mark,
        "is_right": mark == RIGHT,
        "is_missed": mark == MISSED,
        "why": why,
        "critical": critical or "",
        "typed": typed,
    }


def _clauses(key):
    names = {name for field in key.values() for name in field["clauses"]}
    return {str(clause.uuid): clause for clause in Clause.objects.filter(uuid__in=names)} if names else {}


def steps_in_words(details):
    """[(step, points, of), ...] in the order of the procedure."""
    steps = details["steps"]
    return [(step.label, *steps[step]) for step in DrillStep if step in steps]


def criticals_in_words(details):
    """The kinds of critical error there were, each once."""
    return [CriticalError(code).label for code in dict.fromkeys(code for _f, _o, code in details["critical"])]
