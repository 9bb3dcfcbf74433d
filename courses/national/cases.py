"""The practice cases that come with the national course."""

import json

from courses.drills.cases.pages import CasePage
from courses.national import blocks, files

# Of one block of the form file: what is a list, and the name of an entry that is written as a mere text.
LISTS = {"options": "text", "rubric": "text", "rows": "text"}


def install_cases(loader, parent, clauses):
    """{code of a module: the pages of its cases}. `clauses`: {number in the file: its key}."""
    found = {}
    for case in files.read_cases():
        page = _page(loader, parent, case, clauses)
        # None: somebody has deleted it.
        found.setdefault(case["module"], []).extend([page] if page else [])
    return found


def _page(loader, parent, case, clauses):
    form = [_block(case["key"], entry, clauses) for entry in case["form"]]
    return loader.page(
        CasePage,
        case["key"],
        parent,
        {
            "title": case["title"],
            "slug": case["key"],
            "intro": case["intro"],
            "sectors": case["sectors"],
            "pass_mark": case["pass_mark"],
            "form": json.dumps(form),
        },
    )


def _block(case, entry, clauses):
    ((kind, value),) = entry.items()
    # What something is called in the file is its name for ever: a later file may have others before it.
    name = (case, kind, value.get("label") or value.get("title") or value.get("when"))
    value = {**_DEFAULTS.get(kind, {}), **value}
    for part, text in LISTS.items():
        if part in value:
            value[part] = [_item(item, text, (*name, part)) for item in value[part]]
    if "label" in value:
        cited = [clauses[number] for number in value.get("clauses", ()) if number in clauses]
        value["clauses"] = blocks.listed(cited, *name, "clauses")
    return {"type": kind, "id": str(blocks.name_id("case", *name)), "value": value}


def _item(item, text, name):
    item = item if isinstance(item, dict) else {text: item}
    return {"type": "item", "id": str(blocks.name_id("case", *name, item[text])), "value": item}


_DEFAULTS = {
    "choice": {"help": "", "points": 1, "why": ""},
    "choices": {"help": "", "why": ""},
    "short": {"help": "", "least": 1, "refused": "", "critical": "", "points": 1, "why": ""},
    "long": {"help": "", "why": ""},
    "times": {"help": "", "why": ""},
    "statement": {"when": "", "title": ""},
    "document": {"when": "", "title": ""},
    "note": {"when": "", "title": ""},
}
