"""The blocks of a practice case as plain values."""

from courses.catalogue.raw import bare
from courses.questions.plain import plain


def blocks_of_case(stream):
    """[(block id, kind, plain value), ...]; `clauses` are the numbers of their rows."""
    return [_read(block) for block in stream.get_prep_value()]


def _read(block):
    value = dict(block["value"] or {})
    clauses = value.pop("clauses", None) or []
    read = plain(value, block["id"])
    if clauses:
        read["clauses"] = [number for number in map(bare, clauses) if number]
    return block["id"], block["type"], read
