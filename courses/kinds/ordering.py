"""Entries to be put in order; a part of the points for each that is at its right place. Pure.

An entry counts where it stands, not beside whom: all moved down by one is all wrong.
"""

from courses.kinds import answering, rows
from courses.kinds.answering import BadAnswer

NAME = "ordering"
ASKS = answering.ROWS
SEVERAL = True
SHUFFLES = answering.ALWAYS


def freeze(value):
    entries = value.get("entries") or []
    written = [{"id": entry["id"], "text": answering.clean(entry.get("text"))} for entry in entries]
    body = {"stem": answering.clean(value.get("stem")), "options": _mixed(written)}
    key = {"right": {entry["id"]: place for place, entry in enumerate(written, 1)}}
    return body, key, {"options": {}, "general": answering.clean(value.get("why"))}


def _mixed(written):
    """By lot, and where the lot would give the right order, one on."""
    mixed = rows.by_lot(written)
    return mixed[1:] + mixed[:1] if mixed == written else mixed


def problems(value):
    found = [] if answering.clean(value.get("stem")) else ["no_stem"]
    entries = value.get("entries") or []
    if len(entries) < 3:
        found.append("few_entries")
    return found + rows.texts_problems([answering.clean(entry.get("text")) for entry in entries])


def check_payload(body, payload):
    ids = answering.option_ids(body)
    places = {str(place): place for place in range(1, len(ids) + 1)}

    def read(raw):
        if isinstance(raw, bool) or not isinstance(raw, int | str):
            raise BadAnswer("malformed")
        if str(raw)[:9] not in places:
            raise BadAnswer("unknown_option")
        return places[str(raw)[:9]]

    checked = rows.check_rows(payload, ids, read)
    if "rows" in checked and len(set(checked["rows"].values())) < len(ids):
        raise BadAnswer("same_place")
    return checked


def mark(body, key, payload):
    return rows.mark_rows(key, payload)


def fields(body, order, payload):
    texts = {entry["id"]: entry["text"] for entry in body["options"]}
    shown = [{"id": entry_id, "text": texts[entry_id]} for entry_id in order]
    found = rows.row_fields(shown, [(place, str(place)) for place in range(1, len(order) + 1)], payload)
    taken = [choice["value"] for row in found["rows"] for choice in row["choices"] if choice["chosen"]]
    for row in found["rows"]:
        row["wrong"] |= any(choice["chosen"] and taken.count(choice["value"]) > 1 for choice in row["choices"])
    return found


def said(body, order, payload):
    return _in_words(body, (payload or {}).get("rows", {}))


def right(body, key):
    return _in_words(body, key["right"])


def _in_words(body, places):
    placed = [(places.get(entry["id"]), entry["text"]) for entry in body["options"]]
    # What was refused has places that are none.
    return [f"{place}. {text}" for place, text in sorted(one for one in placed if isinstance(one[0], int))]
