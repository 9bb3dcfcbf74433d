"""A table of a report as the page shows it."""

from dataclasses import dataclass

from django import template

from lms.reports.figures.tables import in_words, link_of, plain

register = template.Library()


@dataclass(frozen=True)
class Cell:
    words: str
    # Where the list behind it is, if there is one.
    address: str
    number: bool


@register.filter
def heads(table):
    """[(heading, whether its column is of numbers), ...]."""
    return [(heading, n in table.numeric) for n, heading in enumerate(table.headings)]


@register.filter
def cells(table):
    """The rows of a Table, each a list of Cells."""
    for row in table.rows:
        found = []
        for n, value in enumerate(row):
            said, address = link_of(value)
            found.append(Cell(in_words(plain(said)), address, n in table.numeric))
        yield found
