"""Spreadsheets that run no formula, whatever somebody typed as a name.

Every export of the site goes through here: our own by `csv_lines` and `xlsx_bytes`,
Wagtail's by `make_wagtail_safe` (called once, in `lms.apps`).
"""

import csv
import datetime
import decimal
import io
import itertools

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views import mixins

# The signs that open a formula, and the full-width forms that some programs fold into them.
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SPACES = " \u00a0\u200b\ufeff"
SUSPECT = frozenset([*OPENERS, *SPACES])
NUMBERS = (bool, int, float, decimal.Decimal)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value):
    """The value as text that no spreadsheet takes for a formula. Numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, NUMBERS):
        return value
    text = str(value)
    # Most texts begin with a letter, and are done with.
    if text[:1] not in SUSPECT:
        return text
    # A space before the sign, seen or unseen, hides it from us and not from every program.
    opens = text.startswith(OPENERS) or text.lstrip(SPACES).startswith(OPENERS)
    return f"'{text}" if opens else text


class _Echo:
    def write(self, line):
        return line


def csv_lines(headings, rows):
    """The lines of a CSV file, one at a time. It opens in Excel with its accents right."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([safe(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def xlsx_cell(sheet, value):
    """A cell whose type is never formula. Times lose their zone: Excel knows none."""
    if isinstance(value, datetime.datetime) and value.tzinfo:
        value = value.astimezone(datetime.UTC).replace(tzinfo=None)
    if value is not None and not isinstance(value, (*NUMBERS, datetime.date, datetime.time)):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, value)
    if cell.data_type in ("f", "e"):
        cell.data_type = "s"
    return cell


def xlsx_bytes(headings, rows, *, title="Sheet1"):
    book = Workbook(write_only=True, iso_dates=True)
    sheet = book.create_sheet(title=title)
    for row in itertools.chain([headings], rows):
        sheet.append([xlsx_cell(sheet, value) for value in row])
    output = io.BytesIO()
    book.save(output)
    output.seek(0)
    return output


def csv_response(filename, headings, rows):
    """A download, streamed. `filename` without extension, and neutral."""
    response = StreamingHttpResponse(csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    return response


def xlsx_response(filename, headings, rows):
    return FileResponse(
        xlsx_bytes(headings, rows), as_attachment=True, content_type=XLSX_TYPE, filename=f"{filename}.xlsx"
    )


_wagtails_own = mixins.SpreadsheetExportMixin.preprocess_field_value


def _preprocess_safely(view, field, value, export_format):
    value = _wagtails_own(view, field, value, export_format)
    return safe(value) if export_format == view.FORMAT_CSV else value


def make_wagtail_safe():
    """Make every list, report and form export of Wagtail safe.

    They all inherit the one mixin, and Wagtail offers no setting for it. (Its XLSX cells
    are typed as text already.)
    """
    mixins.SpreadsheetExportMixin.preprocess_field_value = _preprocess_safely
