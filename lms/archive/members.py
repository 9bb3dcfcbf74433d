"""What lies in an archive, as members to write: pairs of a path and the pieces of bytes it is made of."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import Model
from django.utils.html import escape

from courses.spreadsheets import csv_lines

# Of one page: a browser of any age shows so many at once.
ROWS = 500


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str
    # It names a file in the same folder.
    is_file: bool = False


@dataclass(frozen=True)
class Folder:
    """One kind of record: a CSV and tables in HTML with a row for each of `rows`, and perhaps files of its own.

    `cells(row)` gives as many values as there are `columns`. `files(people)` yields (name, bytes); `people`:
    whether they may name anybody. What is `personal` is not in an archive without people.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: object
    cells: object
    personal: bool = True
    files: object = None

    @property
    def sheet(self):
        return f"{self.name}/{self.name}.csv"

    def lines(self):
        rows = (self.cells(row) for row in self.rows().iterator(chunk_size=500))
        return (line.encode() for line in csv_lines([column.name for column in self.columns], rows))

    def tables(self):
        """(name, pieces) of HTML pages with ROWS rows each. The number of pages is not known before the end."""
        rows = iter(self.rows().iterator(chunk_size=500))
        n, batch = 0, list(islice(rows, ROWS))
        while batch or n == 0:
            n, after = n + 1, list(islice(rows, ROWS))
            yield f"{self.name}-{n}.html", [self._table(n, batch, bool(after))]
            batch = after

    def _table(self, n, batch, goes_on):
        head = "".join(f"<th>{escape(column.name)}</th>" for column in self.columns)
        rows = "".join(f"<tr>{self._cells(row)}</tr>\n" for row in batch)
        links = ['<a href="index.html">Folder</a>']
        links += [f'<a href="{self.name}-{n - 1}.html">Before</a>'] if n > 1 else []
        links += [f'<a href="{self.name}-{n + 1}.html">Next</a>'] if goes_on else []
        body = f'<p>{" | ".join(links)}</p>\n<table border="1">\n<tr>{head}</tr>\n{rows}</table>'
        return page(f"{self.title}, page {n}", body)

    def _cells(self, row):
        return "".join(
            f'<td><a href="{escape(value)}">{escape(value)}</a></td>'
            if column.is_file and value
            else f"<td>{escape('' if value is None else value)}</td>"
            for column, value in zip(self.columns, self.cells(row), strict=True)
        )


def moment(value):
    """In universal time, as text that sorts."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else ""


def name_of(row):
    return str(row) if isinstance(row, Model) else ""


def page(title, body):
    """A page of valid HTML without script or address of elsewhere. `body` is HTML."""
    title = escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    ).encode()
