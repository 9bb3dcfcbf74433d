"""The table-top exercises that come with the national course."""

from courses.drills.scenarios.pages import ScenarioPage
from courses.drills.tabletop.models import TableTop
from courses.national import blocks, files

STREAMS = {"roles": "role", "duties": "duty", "injects": "inject", "questions": "question"}


def install_table_tops(loader, clauses):
    """`clauses`: as of `install_procedure`. What people have edited or deleted is theirs; without its scenario
    an exercise is not installed."""
    for source in files.read_table_tops():
        key = blocks.name_id("page", f"scenario-{source['scenario']}")
        scenario = ScenarioPage.objects.filter(translation_key=key, locale=loader.locale).first()
        if scenario is not None:
            _install(loader, source, scenario, clauses)


def _install(loader, source, scenario, clauses):
    key = blocks.name_id("table-top", source["code"])
    values = {name: source[name] for name in ("title", "summary", "minutes")}
    for field, kind in STREAMS.items():
        values[field] = [
            {
                "type": kind,
                "value": _citing(source["code"], field, n, value, clauses),
                "id": str(blocks.name_id("table-top", source["code"], field, n)),
            }
            for n, value in enumerate(source[field], 1)
        ]

    def make(found):
        table_top = found or TableTop(key=key)
        for field, value in {**values, "scenario": scenario}.items():
            setattr(table_top, field, value)
        table_top.save()
        table_top.save_revision(changed=True)
        table_top.refresh_from_db()
        return table_top

    found = TableTop.objects.filter(key=key).first()
    loader.settle(TableTop, f"table-top/{source['code']}", found, values, make)


def _citing(code, field, n, value, clauses):
    if field != "duties":
        return value
    cited = [clauses[number] for number in value["clauses"] if number in clauses]
    return {**value, "clauses": blocks.listed(cited, "table-top", code, field, n)}
