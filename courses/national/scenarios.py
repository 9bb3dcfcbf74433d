"""The four scenarios that come with the national course."""

import json

from courses.drills.scenarios.pages import ScenarioPage
from courses.national import blocks, files


def install_scenarios(loader, parent, clauses):
    """{code of a module: the pages of its scenarios}. `clauses`: as of `install_procedure`."""
    made, by_module = {}, {}
    for source in files.read_scenarios():
        code = source["code"]
        page = loader.page(ScenarioPage, f"scenario-{code}", parent, _values(source, clauses, made))
        made[code] = page
        if page is not None:
            by_module.setdefault(source["module"], []).append(page)
    return by_module


def _values(source, clauses, made):
    code = source["code"]
    scenes = [
        *(_situation(code, one, clauses) for one in source["situations"]),
        *(_scene(code, "ending", one) for one in source["endings"]),
    ]
    values = {name: source[name] for name in ("title", "summary", "content_note", "minutes", "pass_mark")}
    return {
        **values,
        "slug": f"case-{source['module'].lower()}",
        "sectors": source["sectors"],
        "instead": made.get(source.get("instead")),
        "scenes": json.dumps(scenes),
    }


def _situation(code, one, clauses):
    name = ("scenario", code, one["id"])
    choices = [{"points": 0, "critical": "", **choice} for choice in one["choices"]]
    cited = [clauses[number] for number in one.get("clauses", []) if number in clauses]
    return _scene(
        code,
        "situation",
        {
            **one,
            "clauses": blocks.listed(cited, *name, "clauses"),
            "choices": blocks.listed(choices, *name, "choices"),
            "media": [],
        },
    )


def _scene(code, kind, one):
    name = one["id"]
    value = {"name": name, **{field: part for field, part in one.items() if field != "id"}}
    return {"type": kind, "id": str(blocks.name_id("scenario", code, name)), "value": value}
