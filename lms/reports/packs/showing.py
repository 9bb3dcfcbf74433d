"""A pack as it is shown, on the page and in every document: from what is stored in it, nothing else."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.reports.packs import behind, pictures
from lms.reports.packs.models import Version
from lms.reports.packs.wording import sentences_of

# The four numbers of the short version, and which sentences it takes first.
FOUR = ("people", "first-time", "hours", "in-force")
FIRST_SAID = ("year", "gain", "gain-online", "certificates", "first")
SAID_IN_SHORT = 4
LEARNT = ("gain", "gain-courses")
ROOM = 6


@dataclass
class Shown:
    """`tables`: {"name", "title", "definition", "headings", "numeric", "rows" in words}."""

    pack: object
    version: str
    title: str
    about: list
    sentences: list
    tables: list
    figures: list
    charts: list
    definitions: list

    @property
    def is_inside(self):
        return self.version == Version.INSIDE

    @property
    def short_sentences(self):
        order = {key: n for n, key in enumerate(FIRST_SAID)}
        ranked = sorted(self.sentences, key=lambda one: order.get(one.key, len(order)))
        return ranked[:SAID_IN_SHORT]

    @property
    def printed_tables(self):
        """The widest last: it has pages of its own, which leave the one before unfilled."""
        return sorted(self.tables, key=lambda table: table["name"] == "workshops" and bool(table["rows"]))

    @property
    def short_tables(self):
        """What was learnt, where a mark may be told; no more than there is room for."""
        found = [table for table in self.tables if table["name"] in LEARNT and len(table["rows"]) <= ROOM]
        return [table for table in found if any(row[-1] for row in table["rows"])]

    @property
    def short_figures(self):
        return [figure for figure in self.figures if figure["name"] in FOUR]


def shown(pack, version):
    """In the language of the pack, if the caller has set it: see `in_its_language`."""
    content = pack.content
    stored = {table["name"]: table for table in pack.tables(version)}
    figures = stored["figures"]
    return Shown(
        pack=pack,
        version=version,
        title=_("Figures for %(period)s") % {"period": content["period"]["words"]},
        about=content["scope"],
        sentences=sentences_of(pack, version),
        tables=[_shown(table) for table in stored.values() if table["name"] != "figures"],
        figures=[
            {"name": name, "title": figures["labels"].get(name, name), "value": value}
            for name, value in figures["rows"]
        ],
        charts=pictures.charts(stored),
        definitions=content["definitions"],
    )


def cells_of(tables, version):
    """Tables of Shown for a page: each cell {"text", "numeric", "list", "query"}; the last two lead to the
    list behind a number, inside alone."""
    found = []
    for table in tables:
        rows = [
            [_cell(table, key, place, text, version) for place, text in enumerate(row)]
            for key, row in zip(table["keys"], table["rows"], strict=True)
        ]
        found.append({**table, "rows": rows})
    return found


def _cell(table, key, place, text, version):
    cell = {"text": text, "numeric": place in table["numeric"], "list": "", "query": ""}
    asked = behind.address_of(table["name"], place, key) if version == Version.INSIDE else None
    if asked:
        cell |= {"list": asked.pop("name"), "query": urlencode(asked)}
    return cell


def _shown(table):
    # Packs of schema 1 have no keys of workshops, and so no lists behind them.
    keys = [None if table["name"] == "workshops" else row[0] for row in table["rows"]]
    return {"keys": keys, **table, "rows": in_words(table)}


def labelled(table):
    """The rows of a stored table, the first column called what it is called."""
    return [[table["labels"].get(row[0], row[0]), *row[1:]] for row in table["rows"]]


def in_words(table):
    """The rows of a stored table as text for reading: days as they are said, nothing where nothing is."""
    rows = []
    for row in labelled(table):
        said = ["" if value is None else str(value) for value in row]
        for place in table["days"]:
            said[place] = date_format(date.fromisoformat(said[place]), "j M Y") if said[place] else ""
        rows.append(said)
    return rows
