"""Each entry on the left has its match on the right; a part of the points for each. Pure.

One match may be chosen for several entries: that is nobody's mistake but a guess.
"""

from courses.kinds import answering, rows
from courses.kinds.answering import BadAnswer

NAME = "matching"
ASKS = answering.ROWS
SEVERAL = True
SHUFFLES = answering.ALWAYS


def freeze(value):
    pairs, others = value.get("pairs") or [], value.get("others") or []
    left = [_half(pair, "left", "left") for pair in pairs]
    right = [_half(pair, "right", "right") for pair in pairs]
    more = [_half(item, "right", "text") for item in others]
    body = {"stem": answering.clean(value.get("stem")), "rows": left, "options": rows.by_lot(right + more)}
    key = {"right": {row["id"]: option["id"] for row, option in zip(left, right, strict=True)}}
    return body, key, {"options": {}, "general": answering.clean(value.get("why"))}


def _half(item, half, name):
    return {"id": rows.half_id(item["id"], half), "text": answering.clean(item.get(name))}


def problems(value):
    found = [] if answering.clean(value.get("stem")) else ["no_stem"]
    pairs, others = value.get("pairs") or [], value.get("others") or []
    if len(pairs) < 2:
        found.append("few_pairs")
    left = [answering.clean(pair.get("left")) for pair in pairs]
    right = [answering.clean(pair.get("right")) for pair in pairs]
    right += [answering.clean(item.get("text")) for item in others]
    wrong = rows.texts_problems(left) + rows.texts_problems(right)
    return found + list(dict.fromkeys(wrong))


def check_payload(body, payload):
    known = set(answering.option_ids(body))

    def read(raw):
        if not isinstance(raw, str):
            raise BadAnswer("malformed")
        if raw not in known:
            raise BadAnswer("unknown_option")
        return raw

    return rows.check_rows(payload, [row["id"] for row in body["rows"]], read)


def mark(body, key, payload):
    return rows.mark_rows(key, payload)


def fields(body, order, payload):
    texts = {option["id"]: option["text"] for option in body["options"]}
    choices = [(option_id, texts[option_id]) for option_id in order]
    return rows.row_fields(body["rows"], choices, payload, lettered=True)


def said(body, order, payload):
    return _in_words(body, (payload or {}).get("rows", {}))


def right(body, key):
    return _in_words(body, key["right"])


def _in_words(body, chosen):
    texts = {option["id"]: option["text"] for option in body["options"]}
    matched = [(row["text"], texts.get(chosen.get(row["id"]))) for row in body["rows"]]
    return [f"{left}: {match}" for left, match in matched if match]
