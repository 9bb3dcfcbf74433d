"""A section of a page of figures: a finding, its chart, and its table, whose numbers lead to their lists."""

from dataclasses import dataclass, field, replace

from lms.reports.figures.tables import Table


@dataclass
class Section:
    """`table.rows`: a list of lists of plain values. `links`: {(row, column): address} of its numbers."""

    name: str
    # What is found, in a sentence, and how it was measured.
    title: str
    sub: str
    table: Table
    chart: object = None
    links: dict = field(default_factory=dict)
    csv: str = ""

    @property
    def linked(self):
        """The table as the page shows it; None of one without rows."""
        rows = [
            [(value, self.links[n, m]) if self.links.get((n, m)) else value for m, value in enumerate(row)]
            for n, row in enumerate(self.table.rows)
        ]
        return replace(self.table, rows=rows) if rows else None
