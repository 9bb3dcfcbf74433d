"""Blocks as plain values: what the kinds, which know no Wagtail, can read."""

import uuid

from courses.catalogue.raw import bare

# Lists of a question whose texts everybody is shown, and the fields that hold them.
_OFFERED = {"options": ("text",), "pairs": ("left", "right"), "others": ("text",), "entries": ("text",)}


def blocks_of(stream):
    """[(block id, kind, plain value), ...] of a StreamField value."""
    return [
        (block["id"], block["type"], plain(block["value"], block["id"])) for block in stream.get_prep_value()
    ]


def facts_of(stream):
    """(kind, wording, answers to choose from) of the one question in it; ("", "", "") of none.

    Nothing of it tells what is right: what somebody has to type is not among the answers.
    """
    for _block_id, kind, value in blocks_of(stream):
        # Sorted: as they are written, entries stand in their right order and pairs side by side.
        return kind, value.get("stem") or "", "\n".join(sorted(filter(None, _offered(value))))
    return "", "", ""


def _offered(value):
    for name, fields in _OFFERED.items():
        for item in value.get(name) or ():
            yield from (str(item.get(field) or "") for field in fields)
    for part in value.get("parts") or ():
        yield str(part.get("text") or "")
        yield from _offered(part)


def plain(value, block_id):
    """One StructBlock; items of its lists, at any depth, are flattened and carry their ids.

    Of a list of bare values, such as the clauses it goes by, the values alone are left.
    """
    return {name: _plain_part(part, block_id) for name, part in (value or {}).items()}


def _plain_part(part, block_id):
    if not isinstance(part, list):
        return part
    if not all(isinstance(item, dict) and isinstance(item.get("value", item), dict) for item in part):
        return [bare(item) for item in part]
    return [_item(item, n, block_id) for n, item in enumerate(part)]


def _item(item, n, block_id):
    if "value" not in item:
        item = {"value": item}
    if not isinstance(item["value"], dict):
        return item["value"]  # Of a list of plain values, such as the clauses that a question goes by.
    # Content that came without ids gets the same ones each time it is frozen.
    item_id = item.get("id") or str(uuid.uuid5(uuid.UUID(str(block_id)), str(n)))
    return {**plain(item["value"], item_id), "id": item_id}
