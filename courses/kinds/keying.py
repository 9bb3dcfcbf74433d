"""Another key for a question as it was asked: read from its own form, and written into its block. Pure."""

import uuid
from copy import deepcopy

from courses.kinds import answering, kind_of, numeric, short
from courses.kinds.answering import BadAnswer

# A written block cannot say another key than its own pairs without other ids than people were asked by.
NOT_WRITTEN = {"matching"}


def read_key(kind, body, payload, *, accepted=(), tolerance="0"):
    """The key that a wholly right answer means. `payload` is that answer, as the question's form sends it;
    `accepted` are the other texts of a short answer, `tolerance` that of a number.

    Raises BadAnswer for what cannot be right of such a question.
    """
    if answering.is_not_sure(payload):
        raise BadAnswer("nothing_chosen")
    asked = kind_of(kind)
    right = asked.check_payload(body, payload)
    if asked.ASKS == answering.TEXT:
        texts = [right["text"], *(asked.check_payload(body, {"text": text})["text"] for text in accepted)]
        if not all(short.fold(text) for text in texts):
            raise BadAnswer("nothing_written")
        return {"right": list(dict.fromkeys(texts))}
    if asked.ASKS == answering.NUMBER:
        within = numeric.check_payload(body, {"text": str(tolerance).strip() or "0"})["text"]
        if within.startswith("-"):
            raise BadAnswer("bad_tolerance")
        return {"right": right["text"], "tolerance": within}
    if asked.ASKS == answering.ROWS:
        return {"right": right["rows"]}
    if asked.ASKS == answering.PARTS:
        for n, part in enumerate(body["parts"], 1):
            if part["several"] and len(right["parts"][part["id"]]) == len(part["options"]):
                raise BadAnswer("all_right", places=[n])
        return {"right": {part: sorted(chosen) for part, chosen in right["parts"].items()}}
    if asked.SEVERAL and len(right["chosen"]) == len(body["options"]):
        raise BadAnswer("all_right")
    return {"right": sorted(right["chosen"])}


def right_answer(kind, key):
    """The payload of a wholly right answer by this key."""
    return answering.right_payload(kind_of(kind).ASKS, key["right"])


def with_key(block, kind, key):
    """A stored block of a question of this kind that says this key; the same block where it cannot say it,
    or was rewritten as a question of another kind."""
    right = key["right"]
    if block["type"] != kind or kind in NOT_WRITTEN:
        return block
    block = deepcopy(block)
    value = block["value"]
    if kind == "true_false":
        value["answer"] = right[0]
    elif kind == "numeric":
        value["answer"], value["tolerance"] = right, key["tolerance"]
    elif kind == "short":
        value["accepted"] = _accepted(block, right)
    elif kind == "ordering":
        entries = _with_ids(value["entries"], block["id"])
        value["entries"] = sorted(entries, key=lambda entry: right.get(entry["id"], len(right) + 1))
    elif kind == "case":
        value["parts"] = _with_ids(value["parts"], block["id"])
        for part in value["parts"]:
            _tick(part["value"], part["id"], right.get(part["id"], []))
    else:
        _tick(value, block["id"], right)
    return block


def _tick(value, block_id, right):
    value["options"] = _with_ids(value["options"], block_id)
    for option in value["options"]:
        option["value"]["right"] = option["id"] in right


def _accepted(block, texts):
    before = _with_ids(block["value"].get("accepted") or [], block["id"])
    ids = {item["value"]["text"]: item["id"] for item in before}
    return [
        {
            "type": "item",
            "id": ids.get(text) or str(uuid.uuid5(uuid.UUID(block["id"]), text)),
            "value": {"text": text},
        }
        for text in texts
    ]


def _with_ids(items, block_id):
    """As `courses.questions.plain` names those that came without an id."""
    found = []
    for n, item in enumerate(items):
        wrapped = item if "value" in item else {"value": item}
        item_id = wrapped.get("id") or str(uuid.uuid5(uuid.UUID(str(block_id)), str(n)))
        found.append({"type": "item", **wrapped, "id": item_id})
    return found
