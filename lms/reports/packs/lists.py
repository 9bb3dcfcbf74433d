"""The list behind a number of a pack, as a Table: the same on the page and as a sheet. No marks of persons."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.reports.figures.tables import Table
from lms.reports.figures.training import KINDS
from lms.reports.packs import behind
from lms.reports.packs.tables import list_titles

_WHO = [
    *(gettext_lazy("Date"), gettext_lazy("Name"), gettext_lazy("Agency then"), gettext_lazy("Post then")),
    *(gettext_lazy("Rank then"), gettext_lazy("What")),
]
_WHOSE = ("name", "agency", "post", "rank", "title")
HEADINGS = {
    "training": [*_WHO, gettext_lazy("Kind"), gettext_lazy("Minutes that count")],
    "certificate": [*_WHO, gettext_lazy("Number"), gettext_lazy("Valid until")],
    "tested": [*_WHO, gettext_lazy("Kind")],
    "workshop": [
        *(gettext_lazy("Date"), gettext_lazy("Title"), gettext_lazy("Topic"), gettext_lazy("Place")),
        *(gettext_lazy("Paid for by"), gettext_lazy("Trainers")),
    ],
}


def table_of(pack, name, by="", value="", sex=None):
    """The Table of a list of `behind`, with the rows it is made from as `frozen`. It may raise a KeyError."""
    rows = behind.listed(name, pack.evidence(), by, value, sex)
    of = behind.LISTS[name].of
    table = Table(
        name="list",
        title=list_titles()[name],
        headings=[str(heading) for heading in HEADINGS[of]],
        rows=[_VALUES[of](row) for row in rows],
        about="; ".join([pack.content["period"]["words"], *_narrowed(pack, rows, by, value, sex)]),
        note=_("As it was frozen with the figures. Mark: %(id)s.") % {"id": pack.uuid},
        numeric=(7,) if of == "training" else (),
    )
    return table, rows


def _narrowed(pack, rows, by, value, sex):
    """In words: of which row of a table the list is."""
    if by == "workshop":
        yield from {row["title"] for row in rows[:1]}
    elif by:
        names = [table for table in pack.content["tables"] if behind.CELLS.get(table["name"], ("",))[0] == by]
        labels = {key: words for table in names for key, words in table["labels"].items()}
        yield str(labels.get(value, KINDS.get(value, value)))
    if sex is not None:
        [sexes] = [table["labels"] for table in pack.content["tables"] if table["name"] == "sexes"]
        yield sexes[sex]


def _training(row):
    return [_day(row["day"]), *(row[name] for name in _WHOSE), str(KINDS[row["kind"]]), row["counted"]]


def _certificate(row):
    return [_day(row["day"]), *(row[name] for name in _WHOSE), row["number"], _day(row["valid_until"])]


def _tested(row):
    return [_day(row["day"]), *(row[name] for name in _WHOSE), str(KINDS[row["kind"]])]


def _workshop(row):
    return [_day(row["day"]), *(row[name] for name in ("title", "topic", "place", "funder", "trainers"))]


_VALUES = {"training": _training, "certificate": _certificate, "tested": _tested, "workshop": _workshop}


def _day(text):
    return date.fromisoformat(text) if text else None
