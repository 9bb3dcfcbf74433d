"""What somebody typed into a form, read as answers to its fields. Pure.

A choice is an option's id; several choices are a list of them; times are {row id: text}; the rest is text.
"""

from courses.drills.cases.scoring import CHOICE, CHOICES, TIMES

SHORT_TEXT, LONG_TEXT, TIME_TEXT = 300, 4000, 20
_LENGTHS = {"short": SHORT_TEXT, "long": LONG_TEXT}


def read(fields, raw):
    """{field id: answer} of those of `fields` that `raw` speaks of; what no field offers is left out."""
    return {field["id"]: _read(field, raw[field["id"]]) for field in fields if field["id"] in raw}


def _read(field, value):
    if field["kind"] == CHOICE:
        return value if value in _ids(field["options"]) else ""
    if field["kind"] == CHOICES:
        ticked = set(filter(_is_text, value)) if isinstance(value, list) else set()
        return [option for option in _ids(field["options"]) if option in ticked]
    if field["kind"] == TIMES:
        given = value if isinstance(value, dict) else {}
        return {row: _text(given.get(row), TIME_TEXT) for row in _ids(field["rows"])}
    return _text(value, _LENGTHS[field["kind"]])


def from_form(fields, lists):
    """The same from a form that a browser sent, {name: [values]}."""
    raw = {}
    for field in fields:
        name = field["id"]
        if field["kind"] == CHOICES:
            raw[name] = lists.get(name, [])
        elif field["kind"] == TIMES:
            raw[name] = {row: _first(lists, f"{name}-{row}") for row in _ids(field["rows"])}
        else:
            raw[name] = _first(lists, name)
    return read(fields, raw)


def is_blank(answer):
    return not (any(answer.values()) if isinstance(answer, dict) else answer)


def texts_of(field, answer):
    """What of it was typed; what was chosen is an id."""
    if field["kind"] in _LENGTHS:
        return [answer] if answer else []
    return [text for text in (answer or {}).values() if text] if field["kind"] == TIMES else []


def _first(lists, name):
    return (lists.get(name) or [""])[0]


def _is_text(value):
    return isinstance(value, str)


def _text(value, length):
    return value.replace("\x00", "").strip()[:length] if isinstance(value, str) else ""


def _ids(entries):
    return [entry["id"] for entry in entries]
