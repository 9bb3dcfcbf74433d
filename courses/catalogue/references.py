"""What stored blocks refer to: pages, pictures, files, questions of the bank, clauses. Pure.

Wagtail's own index of references knows the saved rows alone; drafts are read here.
"""

from courses.catalogue.linking import linked_rows
from courses.catalogue.raw import bare

PAGE, DOCUMENT, IMAGE, QUESTION, CLAUSE = "page", "document", "image", "question", "clause"

# Fields of blocks that hold the number of a row.
_FIELDS = {
    ("picture", "image"): IMAGE,
    ("film", "film"): DOCUMENT,
    ("film", "captions"): DOCUMENT,
    ("audio", "audio"): DOCUMENT,
    ("document", "document"): DOCUMENT,
    ("bank", "question"): QUESTION,
}
# Blocks that are nothing but the number of a row.
_BARE = {"clause": CLAUSE}


def references(stream):
    """[(place from 1, kind, number), ...] of the raw blocks of a lesson, a quiz, an outline or a card."""
    found = []
    for n, block in enumerate(stream, 1):
        value = block.get("value") or {}
        if block["type"] in _BARE:
            found += [(n, _BARE[block["type"]], value)] if isinstance(value, int) else []
            continue
        # Of a situation: its picture, film or sound.
        for one in [block, *(value.get("media") or [])]:
            for name, part in (one.get("value") or {}).items():
                kind = _FIELDS.get((one["type"], name))
                if kind and isinstance(part, int):
                    found.append((n, kind, part))
        if block["type"] == "module":
            found += [(n, PAGE, number) for number in map(bare, value.get("parts", [])) if number]
        found += [(n, CLAUSE, number) for number in map(bare, value.get("clauses") or []) if number]
        found += [(n, kind, number) for text in _texts(value) for kind, number in linked_rows(text)]
    return found


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
