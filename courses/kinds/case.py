"""A case: one situation and several questions about it, each a choice; the mean of its parts. Pure.

Each part is asked and marked like `single` or `multiple`, and stored as one of them would be.
"""

from fractions import Fraction

from courses.kinds import answering, multiple, single
from courses.kinds.answering import BadAnswer

NAME = "case"
ASKS = answering.PARTS
SEVERAL = True
SHUFFLES = answering.IF_WANTED


def _asked(part):
    return multiple if part.get("several") else single


def _question(part):
    """A part as the value of a question of its own."""
    return {**part, "stem": part.get("text")}


def freeze(value):
    parts, right, options, whys = [], {}, {}, {}
    for part in value.get("parts") or []:
        body, key, said = answering.freeze_options(_question(part))
        several = bool(part.get("several"))
        parts.append({"id": part["id"], "text": body["stem"], "several": several, "options": body["options"]})
        right[part["id"]] = key["right"]
        options |= said["options"]
        if said["general"]:
            whys[part["id"]] = said["general"]
    body = {"stem": answering.clean(value.get("stem")), "options": [], "parts": parts}
    feedback = {"options": options, "parts": whys, "general": answering.clean(value.get("why"))}
    return body, {"right": right}, feedback


def problems(value):
    found = [] if answering.clean(value.get("stem")) else ["no_stem"]
    parts = value.get("parts") or []
    if len(parts) < 2:
        found.append("few_parts")
    for n, part in enumerate(parts, 1):
        found += [answering.InPart(code, n) for code in _asked(part).problems(_question(part))]
    return found


def check_payload(body, payload):
    parts = answering.given(payload, "parts")
    if parts is None and answering.is_not_sure(payload):
        return dict(answering.NOT_SURE)
    if not isinstance(parts, dict):
        raise BadAnswer("malformed")
    if not set(parts) <= {part["id"] for part in body["parts"]}:
        raise BadAnswer("unknown_option")
    blank = [n for n, part in enumerate(body["parts"], 1) if parts.get(part["id"]) in (None, [])]
    if blank:
        raise BadAnswer("open_parts", places=blank)
    return {"parts": {part["id"]: _check_part(part, parts[part["id"]]) for part in body["parts"]}}


def _check_part(part, chosen):
    return _asked(part).check_payload(part, {"chosen": chosen})["chosen"]


def mark(body, key, payload):
    marks = mark_parts(body, key, payload)
    return sum(marks.values(), answering.NOTHING) / len(marks) if marks else answering.NOTHING


def mark_parts(body, key, payload) -> dict[str, Fraction]:
    """{part id: 0 to 1}. A part that was not answered has nothing."""
    chosen = (payload or {}).get("parts", {})
    return {
        part["id"]: _asked(part).mark(
            part,
            {"right": key["right"][part["id"]]},
            {"chosen": chosen[part["id"]]} if part["id"] in chosen else None,
        )
        for part in body["parts"]
    }


def fields(body, order, payload):
    taken = (payload or {}).get("parts", {})
    found = []
    for n, part in enumerate(body["parts"], 1):
        known = set(answering.option_ids(part))
        mine = [option_id for option_id in order if option_id in known]
        options = answering.option_fields(part, mine, {"chosen": taken.get(part["id"], [])})["options"]
        about = {"id": part["id"], "n": n, "text": part["text"], "several": part["several"]}
        # Nothing is chosen here yet: what an error would speak of.
        wrong = not any(option["chosen"] for option in options)
        found.append({**about, "options": options, "wrong": wrong})
    return {"options": [], "rows": [], "parts": found, "typed": ""}


def said(body, order, payload):
    return [
        f"{part['n']}. {', '.join(words)}"
        for part in fields(body, order, payload)["parts"]
        if (words := [option["text"] for option in part["options"] if option["chosen"]])
    ]


def right(body, key):
    words = [answering.right_words(part, {"right": key["right"][part["id"]]}) for part in body["parts"]]
    return [f"{n}. {', '.join(texts)}" for n, texts in enumerate(words, 1) if texts]
