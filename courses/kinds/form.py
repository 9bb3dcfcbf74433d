"""What the form of a question sends, whatever its kind. Pure.

"a" is ticked, "row-<id>" is chosen for that row, "text" is typed; "a" = "not_sure" is the way out.
"""

NOT_SURE = "not_sure"
ROW = "row-"


def read(sent):
    """A payload still to be checked. `sent` is {name: [value, ...]}."""
    ticked = sent.get("a", [])
    rows = {name.removeprefix(ROW): values[-1] for name, values in sent.items() if name.startswith(ROW)}
    if rows:
        answer = {"rows": rows}
    elif "text" in sent:
        answer = {"text": sent["text"][-1]}
    else:
        answer = {"chosen": [option for option in ticked if option != NOT_SURE]}
    if NOT_SURE not in ticked:
        return answer
    return {"not_sure": True} if is_blank(answer) else {**answer, "not_sure": True}


def is_blank(payload):
    """Whether nothing was ticked, chosen or typed."""
    return not (
        payload.get("not_sure")
        or payload.get("chosen")
        or any(payload.get("rows", {}).values())
        or payload.get("text", "").strip()
    )
