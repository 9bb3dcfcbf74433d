"""What the form of a question sends, whatever its kind. Pure.

"a" is ticked, "row-<id>" is chosen for that row, "part-<id>" is ticked in that part, beside an empty
one that stands for nothing; "text" is typed; "a" = "not_sure" is the way out.
"""

NOT_SURE = "not_sure"
ROW, PART = "row-", "part-"


def read(sent):
    """A payload still to be checked. `sent` is {name: [value, ...]}."""
    ticked = sent.get("a", [])
    rows = {name: values[-1] for name, values in _under(ROW, sent)}
    parts = {name: [value for value in values if value] for name, values in _under(PART, sent)}
    if rows:
        answer = {"rows": rows}
    elif parts:
        answer = {"parts": parts}
    elif "text" in sent:
        answer = {"text": sent["text"][-1]}
    else:
        answer = {"chosen": [option for option in ticked if option != NOT_SURE]}
    if NOT_SURE not in ticked:
        return answer
    return {"not_sure": True} if is_blank(answer) else {**answer, "not_sure": True}


def _under(prefix, sent):
    return [(name.removeprefix(prefix), values) for name, values in sent.items() if name.startswith(prefix)]


def is_blank(payload):
    """Whether nothing was ticked, chosen or typed."""
    return not (
        payload.get("not_sure")
        or payload.get("chosen")
        or any(payload.get("rows", {}).values())
        or any(payload.get("parts", {}).values())
        or payload.get("text", "").strip()
    )
