"""An answer as a few figures instead of long ids, so that many fit into an address. Pure.

{"chosen": [id, ...]}       ->  [place of the option, ...]
{"rows": {id: id}}          ->  [place of the option, ...], row by row; places of an order stay figures
{"parts": {id: [id, ...]}}  ->  [[place of the option, ...], ...], part by part
{"text": str}               ->  the text
{"not_sure": True}          ->  None
"""

from courses.kinds.answering import NOT_SURE, PARTS, ROWS, is_not_sure, option_ids


def pack(body, payload):
    """`payload` is one that its kind has checked."""
    if is_not_sure(payload):
        return None
    if "text" in payload:
        return payload["text"]
    if "parts" in payload:
        return [_places(part, payload["parts"][part["id"]]) for part in body["parts"]]
    if "chosen" in payload:
        return _places(body, payload["chosen"])
    values = [payload["rows"][row_id] for row_id in _row_ids(body)]
    return _places(body, values) if "rows" in body else values


def unpack(body, packed, asks):
    """The payload again, still to be checked by its kind: the question may have changed. `asks` is what
    the kind ASKS."""
    if packed is None:
        return dict(NOT_SURE)
    if isinstance(packed, str):
        return {"text": packed}
    if asks == PARTS:
        chosen = zip(body["parts"], packed, strict=False)
        return {"parts": {part["id"]: _ids(part, places) for part, places in chosen}}
    if asks != ROWS:
        return {"chosen": _ids(body, packed)}
    values = _ids(body, packed) if "rows" in body else packed
    return {"rows": dict(zip(_row_ids(body), values, strict=False))}


def _row_ids(body):
    return [row["id"] for row in body["rows"]] if "rows" in body else option_ids(body)


def _places(asked, chosen):
    """`asked` is a body, or a part of one."""
    options = option_ids(asked)
    return [options.index(option_id) for option_id in chosen]


def _ids(asked, places):
    options = option_ids(asked)
    return [options[place] if 0 <= place < len(options) else "" for place in places]
