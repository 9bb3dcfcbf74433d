"""What stored blocks refer to: pages, pictures, files and questions of the bank. Pure.

Wagtail's own index of references knows the saved rows alone; drafts are read here.
"""

import re

PAGE, DOCUMENT, IMAGE, QUESTION = "page", "document", "image", "question"

_LINK = re.compile(r"<a\b[^>]*>")
_TYPE = re.compile(r'\blinktype="(page|document)"')
_ID = re.compile(r'\bid="(\d+)"')
# Fields of blocks that hold the number of a row.
_FIELDS = {
    ("picture", "image"): IMAGE,
    ("film", "film"): DOCUMENT,
    ("film", "captions"): DOCUMENT,
    ("audio", "audio"): DOCUMENT,
    ("document", "document"): DOCUMENT,
    ("bank", "question"): QUESTION,
}


def references(stream):
    """[(place from 1, kind, number), ...] of the raw blocks of a lesson, a quiz or an outline."""
    found = []
    for n, block in enumerate(stream, 1):
        value = block.get("value") or {}
        for name, part in value.items():
            kind = _FIELDS.get((block["type"], name))
            if kind and isinstance(part, int):
                found.append((n, kind, part))
        if block["type"] == "module":
            found += [(n, PAGE, number) for number in map(_bare, value.get("parts", [])) if number]
        found += [(n, kind, number) for text in _texts(value) for kind, number in _links(text)]
    return found


def _bare(item):
    return item.get("value") if isinstance(item, dict) else item


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _links(text):
    if "linktype=" not in text:
        return
    for tag in _LINK.findall(text):
        kind, number = _TYPE.search(tag), _ID.search(tag)
        if kind and number:
            yield kind[1], int(number[1])
