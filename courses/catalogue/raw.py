"""Blocks as they are stored, made or copied by code: every block gets an id of its own. Pure.

Ids are evidence: the id of a question's block is its key, the id of an answer is what people
chose. A copy that kept them would share the record of its original.
"""

import re
import uuid

_LINK = re.compile(r"<a\b[^>]*>")
_LINKED_PAGE = re.compile(r'(\bid=")(\d+)(")')


def block(kind, /, **value):
    """One block of a stream."""
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def items(values):
    """The stored value of a list of blocks."""
    return [block("item") | {"value": value} for value in values]


def fresh(value):
    """The same content with new ids at every depth. `value` itself is left alone."""
    if isinstance(value, list):
        return [fresh(part) for part in value]
    if isinstance(value, dict):
        copied = {name: fresh(part) for name, part in value.items()}
        if "type" in value and "value" in value:
            copied["id"] = str(uuid.uuid4())
        return copied
    return value


def module(code, title, page_ids):
    return block("module", code=code, title=title, summary="", objectives=[], parts=items(page_ids), sectors=[])


def free_module_code(outline):
    """M1, M2, …: the first that no module of the outline has."""
    taken = {each["value"].get("code", "") for each in outline}
    return next(code for code in (f"M{n}" for n in range(1, len(taken) + 2)) if code not in taken)


def with_parts(outline, module_id, page_ids):
    """The outline with these pages at the end of a module; None if the module is not there."""
    if module_id not in {each["id"] for each in outline}:
        return None
    return [
        each
        if each["id"] != module_id
        else {**each, "value": {**each["value"], "parts": [*each["value"].get("parts", []), *items(page_ids)]}}
        for each in outline
    ]


def bare(item):
    """The value of one item of a list, such as the page a part of a module names, stored with an id or bare."""
    return item.get("value") if isinstance(item, dict) else item


def with_pages(outline, new_ids):
    """The outline naming other pages: {old page id: new page id}. What is not in it drops out."""
    changed = []
    for each in outline:
        old = [bare(part) for part in each["value"].get("parts", [])]
        parts = items(new_ids[page_id] for page_id in old if page_id in new_ids)
        changed.append({**each, "value": {**each["value"], "parts": parts}})
    return changed


def with_links(value, new_ids):
    """The same content whose links inside rich text lead to other pages: {old page id: new}."""
    if isinstance(value, list):
        return [with_links(part, new_ids) for part in value]
    if isinstance(value, dict):
        return {name: with_links(part, new_ids) for name, part in value.items()}
    if isinstance(value, str) and 'linktype="page"' in value:
        return _LINK.sub(lambda found: _relinked(found[0], new_ids), value)
    return value


def _relinked(tag, new_ids):
    if 'linktype="page"' not in tag:
        return tag
    return _LINKED_PAGE.sub(lambda found: f"{found[1]}{new_ids.get(int(found[2]), found[2])}{found[3]}", tag)
