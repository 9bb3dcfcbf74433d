"""Kinds whose answer is one choice for each row: shared by matching and ordering. Pure."""

import hashlib
import uuid
from fractions import Fraction
from itertools import zip_longest
from string import ascii_uppercase

from courses.kinds import answering
from courses.kinds.answering import BadAnswer

ID_SPACE = uuid.UUID("0d7c3f6e-55a5-5d0c-8c77-0b1f2c9b9a55")


def half_id(item_id, half):
    """The id of one half of a written pair. The pair's own id is never shown, so that the ids of
    two halves, which are, tell nobody that they belong together."""
    return str(uuid.uuid5(ID_SPACE, f"{item_id}/{half}"))


def by_lot(options):
    """In an order that hangs on the ids alone: it is not the one in which they were written."""
    return sorted(options, key=lambda option: hashlib.sha256(option["id"].encode()).hexdigest())


def row_fields(rows, choices, payload, *, lettered=False):
    """One select a row. `choices` is [(value, text), ...]; `chosen` is what was taken, however bad.

    `lettered`: each choice has a letter, by which it is known where a telephone cuts its text short.
    """
    letters = ascii_uppercase if lettered else ""
    taken = payload.get("rows", {}) if payload else {}
    found = []
    for row in rows:
        wanted = str(taken.get(row["id"], ""))
        shown = [
            {"value": value, "letter": letter, "text": text, "chosen": str(value) == wanted}
            for (value, text), letter in zip_longest(choices, letters[: len(choices)], fillvalue="")
        ]
        # Nothing is taken here yet: what an error would speak of.
        wrong = not any(choice["chosen"] for choice in shown)
        found.append({"id": row["id"], "text": row["text"], "choices": shown, "wrong": wrong})
    return {"options": [], "rows": found, "parts": [], "typed": ""}


def check_rows(payload, row_ids, read):
    """Each row with its choice, in the order of `row_ids`. `read(raw)` makes a choice of what was sent."""
    rows = answering.given(payload, "rows")
    if rows is None and answering.is_not_sure(payload):
        return dict(answering.NOT_SURE)
    if not isinstance(rows, dict):
        raise BadAnswer("malformed")
    if not set(rows) <= set(row_ids):
        raise BadAnswer("unknown_option")
    if any(rows.get(row_id) in (None, "") for row_id in row_ids):
        raise BadAnswer("incomplete")
    return {"rows": {row_id: read(rows[row_id]) for row_id in row_ids}}


def mark_rows(key, payload):
    """The share of rows that are right."""
    if not payload or answering.is_not_sure(payload):
        return answering.NOTHING
    right = key["right"]
    return Fraction(sum(payload["rows"].get(row_id) == wanted for row_id, wanted in right.items()), len(right))


def texts_problems(texts, *, empty="empty_option", same="same_options"):
    found = [] if all(texts) else [empty]
    filled = [text.casefold() for text in texts if text]
    if len(set(filled)) < len(filled):
        found.append(same)
    return found
