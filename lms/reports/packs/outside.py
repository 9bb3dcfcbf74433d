"""The tables for sending out: nothing in them tells of fewer than five people, or lets it be worked out. Pure.

Numbers of people are hidden by `figures.suppressing`, each table against its own totals and against the total
of all people that several of them share. To hide more than one table asks for only widens what a hidden
number could be: so what is hidden of an agency in one table is hidden in the other that has it too.
"""

from lms.reports.figures.suppressing import Hidden, hide_list, hide_lists, hide_table

# What stands in place of a number from 1 to 4.
FEW = Hidden.FEWER.value
LEAST = 5
# People by agency and by sex, each against all people. Sectors are sums of agencies: see `outside`.
SHARED = ("agencies", "sexes")
# Tables whose first number of people is the sum of others in the row: {name: their places}.
SPLIT = {"agencies": (2, 3, 4), "workshops": (6, 7, 8), "courses": (2, 3, 4), "first": (2, 3)}


def is_few(value):
    return isinstance(value, int) and 0 < value < LEAST


def outside(tables):
    """The tables, in the form of `content`, as they may go out.

    `counts` of a table are the places of numbers of people; where the first of them is hidden, so is all else
    that is counted in the row. What is for the office alone (`inside`) is left out. Where an agency is hidden,
    the table of sectors is left empty: a sector less its other agencies would be that agency.
    """
    by_name = {table["name"]: table for table in tables}
    hidden = {name: _hidden(table) for name, table in by_name.items()}
    _share_the_total(by_name, hidden)
    _agree_on_agencies(by_name, hidden)
    if hidden.get("agencies") and "sectors" in by_name:
        by_name["sectors"] = {**by_name["sectors"], "rows": [], "withheld": True}
    return [_without_inside(_shown(table, hidden[name])) for name, table in by_name.items()]


def _hidden(table):
    """{(row, place): Hidden} of one table by itself."""
    rows = [n for n, row in enumerate(table["rows"]) if row[0] not in table["plain"]]
    values = table["rows"]
    found = {}
    for place in table["counts"]:
        shown, _total = hide_list([values[n][place] for n in rows])
        found |= {(n, place): one for n, one in zip(rows, shown, strict=True) if isinstance(one, Hidden)}
    parts = SPLIT.get(table["name"])
    if parts and rows:
        first = table["counts"][0]
        split = hide_table([[values[n][p] for p in parts] for n in rows], rows=[values[n][first] for n in rows])
        for n, cells, total in zip(rows, split.cells, split.rows, strict=True):
            told = dict(zip((*parts, first), (*cells, total), strict=True))
            found |= {(n, place): one for place, one in told.items() if isinstance(one, Hidden)}
    return found


def _share_the_total(by_name, hidden):
    """People by agency and by sex against all people; columns of other numbers against their own figures."""
    totals = {row[0]: row[1] for row in by_name["figures"]["rows"]} if "figures" in by_name else {}
    names = [name for name in SHARED if name in by_name]
    lists = [[row[by_name[name]["counts"][0]] for row in by_name[name]["rows"]] for name in names]
    shown, whole = hide_lists(lists, totals.get("people"))
    for name, values in zip(names, shown, strict=True):
        _note(hidden[name], values, by_name[name]["counts"][0])
    if isinstance(whole, Hidden):
        _note_figure(by_name, hidden, "people", whole)
    for name, table in by_name.items():
        for place, figure in COLUMNS.get(name, {}).items():
            values, whole = hide_list([row[place] for row in table["rows"]], totals.get(figure))
            _note(hidden[name], values, place)
            if isinstance(whole, Hidden):
                _note_figure(by_name, hidden, figure, whole)


# Columns that add up to a figure: {table: {place: figure}}.
COLUMNS = {
    "agencies": {5: "attendances", 6: "completions"},
    "sexes": {2: "first-time", 3: "attendances", 4: "completions"},
    "months": {2: "attendances", 3: "completions"},
    "first": {2: "first-time"},
    "often": {1: "people"},
    "workshops": {5: "attendances"},
    "courses": {5: "completions"},
    "funders": {3: "attendances"},
    "certificates": {1: "issued", 2: "in-force"},
}


def _note(found, values, place):
    found |= {(n, place): one for n, one in enumerate(values) if isinstance(one, Hidden)}


def _note_figure(by_name, hidden, figure, one):
    for n, row in enumerate(by_name["figures"]["rows"]):
        if row[0] == figure:
            hidden["figures"].setdefault((n, 1), one)


def _agree_on_agencies(by_name, hidden):
    """The people of an agency stand in two tables."""
    if not {"agencies", "first"} <= by_name.keys():
        return
    places = {
        name: {row[0]: n for n, row in enumerate(by_name[name]["rows"])} for name in ("agencies", "first")
    }
    for one, other in (("agencies", "first"), ("first", "agencies")):
        for agency, n in places[one].items():
            if (n, 1) in hidden[one] and agency in places[other]:
                hidden[other].setdefault((places[other][agency], 1), hidden[one][n, 1])


def _shown(table, hidden):
    first = table["counts"][0] if table["counts"] else None
    rows = []
    for n, row in enumerate(table["rows"]):
        told = [hidden[n, place].value if (n, place) in hidden else value for place, value in enumerate(row)]
        if (n, first) in hidden and row[0] not in table["plain"]:
            word = hidden[n, first].value
            told = [word if p in table["numeric"] and row[p] else one for p, one in enumerate(told)]
        rows.append(told)
    return {**table, "rows": rows}


def _without_inside(table):
    kept = [n for n in range(len(table["headings"])) if n not in table["inside"]]
    return {
        **table,
        "headings": [table["headings"][n] for n in kept],
        "rows": [[row[n] for n in kept] for row in table["rows"]],
        "numeric": [place for place, n in enumerate(kept) if n in table["numeric"]],
        "counts": [place for place, n in enumerate(kept) if n in table["counts"]],
        "days": [place for place, n in enumerate(kept) if n in table["days"]],
        "inside": [],
    }
