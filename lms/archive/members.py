"""What lies in an archive, as members to write: pairs of a path and the pieces of bytes it is made of."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.html import escape

from courses.spreadsheets import csv_lines


@dataclass(frozen=True)
class Column:
    name: str
    meaning: str


@dataclass(frozen=True)
class Folder:
    """One kind of record: a CSV with a row for each of `rows`, and perhaps files of its own.

    `cells(row)` gives as many values as there are `columns`. `files(at)` yields (name, bytes).
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
