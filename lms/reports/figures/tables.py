"""A table of a report: made once, and shown the same on the page, as CSV, XLSX and PDF."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from courses import spreadsheets
from lms.reports.tables import sheet_name

CSV, XLSX, PDF = "csv", "xlsx", "pdf"
FORMATS = (CSV, XLSX, PDF)
SHEET_CSS = """
@page { size: A4 landscape; margin: 14mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 9pt Sheet } }
html { font: 9.5pt/1.4 Sheet; color: #111 }
h1 { font-size: 15pt; margin: 0 0 2mm } p { margin: 0 0 2mm; color: #444 }
table { border-collapse: collapse; width: 100%; margin-bottom: 3mm; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 1.2mm 2mm 1.2mm 0; border-bottom: .3pt solid #999; vertical-align: top;
  font-weight: 400; overflow-wrap: break-word }
thead th { font-weight: 500; border-bottom: .8pt solid #111 } .n { text-align: right }
.n + :not(.n) { padding-left: 5mm }
tr { break-inside: avoid } table + table { break-before: page }
"""
# With more columns than this a table goes on paper in several, which all begin with its first column.
MANY = 13
# So many of the others stand in each, at the most: words of two or three lines have room.
IN_ONE = 8
NO_BREAK = "\u00a0"


# What is as plain as it gets: most values of most tables.
PLAIN = frozenset([str, int, date, type(None)])


@dataclass
class Table:
    """`rows`: lists of plain values, as long as `headings`; they may come one at a time, and then once only.

    A value is text, a whole number, a decimal, a day, a moment or None, or (one of these, address of the list
    behind it), which only the page shows as a link. `name` is for file names: neutral.
    `note` defines what is counted; `about` says of which period and people.
    """

    name: str
    title: str
    headings: list
    rows: Iterable
    about: str = ""
    note: str = ""
    # Places of columns whose values stand to the right: numbers.
    numeric: tuple = field(default=())

    def columns_on_paper(self):
        """[places of the columns of one printed table]: all in one, or the first again in each of several."""
        others = list(range(1, len(self.headings)))
        if len(self.headings) <= MANY:
            return [[0, *others]]
        size = math.ceil(len(others) / math.ceil(len(others) / IN_ONE))
        return [[0, *others[start : start + size]] for start in range(0, len(others), size)]

    def plain_rows(self):
        for row in self.rows:
            yield [value if type(value) in PLAIN else plain(value) for value in row]


def link_of(value):
    """(what the cell says, the address it leads to or "")."""
    return value if isinstance(value, tuple) else (value, "")


def plain(value):
    """As every form of the table has it: moments in local time, to the minute."""
    value, _address = link_of(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
    if value is None or isinstance(value, (int, float, date)):
        return value
    return str(value)


def in_words(value):
    """As the page and the PDF say it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return date_format(value, "j M Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return str(value)


def on_paper(table):
    """Its rows in words; a day does not break."""
    for row in table.plain_rows():
        yield [in_words(one).replace(" ", NO_BREAK) if isinstance(one, date) else in_words(one) for one in row]


def _sheets(table):
    """For each printed table its headings and rows; a cell is (words, whether it is a number)."""
    rows = list(on_paper(table))
    for columns in table.columns_on_paper():
        yield [[(row[place], place in table.numeric) for place in columns] for row in [table.headings, *rows]]


def response(table, file_format):
    """The table as a download in one of FORMATS."""
    headings = [str(heading) for heading in table.headings]
    if file_format == CSV:
        return spreadsheets.csv_response(sheet_name(table.name), headings, table.plain_rows())
    if file_format == XLSX:
        return spreadsheets.xlsx_response(sheet_name(table.name), headings, table.plain_rows())
    answer = HttpResponse(pdf(table), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{sheet_name(table.name)}.pdf"'
    return answer


def pdf(table):
    """Its bytes."""
    # WeasyPrint is loaded where something is drawn, and not in every web process.
    from courses import printing  # noqa: PLC0415

    context = {"table": table, "sheets": list(_sheets(table)), "at": timezone.now()}
    html = render_to_string("lms/reports/table_sheet.html", context)
    return printing.to_pdf(html, printing.office_style(SHEET_CSS))
