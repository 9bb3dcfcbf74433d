"""The first sheet of an XLSX workbook as rows of text, within limits. Pure.

Entities are refused by defusedxml, which openpyxl uses where it is installed.
"""

import datetime
import struct
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook

from courses.imports.refusing import Unreadable

MOST_PARTS = 1000
# Unpacked: what is read as a whole, and what is read row by row.
LARGEST_PART = 12 * 1024 * 1024
LARGEST_SHEET = 40 * 1024 * 1024
SHEETS = "xl/worksheets/"
LAST_ROW = 1_048_576
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ParseError, DefusedXmlException,
    KeyError, ValueError, TypeError, IndexError, AttributeError, RuntimeError, NotImplementedError,
)  # fmt: skip


def records(file, most_columns):
    """The rows of the first sheet, each a list of texts one longer than `most_columns` at most."""
    _check(file)
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        # The limits are given: what the sheet says of its own size is not asked.
        rows = sheet.iter_rows(
            min_row=1, max_row=LAST_ROW, min_col=1, max_col=most_columns + 1, values_only=True
        )
        for row in rows:
            yield _trimmed([_text(value) for value in row])
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("workbook") from error


def _check(file):
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except BROKEN as error:
        raise Unreadable("workbook") from error
    names = {part.filename for part in parts}
    if len(names) != len(parts) or not any(name.startswith(SHEETS) for name in names):
        raise Unreadable("workbook")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("locked")
    if len(parts) > MOST_PARTS or any(_is_too_large(part) for part in parts):
        raise Unreadable("large")


def _is_too_large(part):
    # A part never unpacks to more than it says: zipfile stops there.
    return part.file_size > (LARGEST_SHEET if part.filename.startswith(SHEETS) else LARGEST_PART)


def _trimmed(texts):
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    # A formula comes as it is written: "=1+1".
    return str(getattr(value, "text", value))
