"""An answer as a few figures instead of long ids, so that many fit into an address. Pure.

{"chosen": [id, ...]}  ->  [place of the option, ...]
{"rows": {id: id}}     ->  [place of the option, ...], row by row; places of an order stay figures
{"text": str}          ->  the text
{"not_sure": True}     ->  None
"""

from courses.kinds.answering import NOT_SURE, is_not_sure, option_ids


def pack(body, payload):
    """`payload` is one that its kind has checked."""
    if is_not_sure(payload):
        return None
    if "text" in payload:
        return payload["text"]
    options = option_ids(body)
    if "chosen" in payload:
        return [options.index(option_id) for option_id in payload["chosen"]]
    values = [payload["rows"][row_id] for row_id in _row_ids(body)]
    return [options.index(value) for value in values] if "rows" in body else values


def unpack(body, packed, *, by_row):
    """The payload again, still to be checked by its kind: the question may have changed."""
    if packed is None:
        return dict(NOT_SURE)
    if isinstance(packed, str):
        return {"text": packed}
    options = option_ids(body)
    if not by_row:
        return {"chosen": [_at(options, place) for place in packed]}
    values = [_at(options, place) for place in packed] if "rows" in body else packed
    return {"rows": dict(zip(_row_ids(body), values, strict=False))}


def _row_ids(body):
    return [row["id"] for row in body["rows"]] if "rows" in body else option_ids(body)


def _at(options, place):
    return options[place] if 0 <= place < len(options) else ""
