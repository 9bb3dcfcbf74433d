"""Bytes of a table, read row by row: CSV in the encodings and separators in use, or XLSX. Pure.

Every cell comes out as text on one line. Nothing is calculated, and no file is trusted.
"""

import codecs
import csv
import io
from dataclasses import dataclass, field

from courses.imports import workbooks
from courses.imports.refusing import Unreadable

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
# What a record may hold in all: an open quotation mark swallows the rest of the file.
LONGEST_FIELD = 20_000
SEPARATORS = ",;\t|"
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
LOOKED_AT = 64 * 1024


@dataclass
class Row:
    """`n` is the number of the row in the sheet, the headings being 1. `fault`: "wide" or "long"."""

    n: int
    cells: list = field(default_factory=list)
    fault: str = ""


def headings_of(file):
    """The texts of the first row that holds any. Raises Unreadable."""
    return next(_records(file))[1]


def rows_of(file, *, after=0):
    """The rows below the headings, each a Row; empty ones are left out. Raises Unreadable.

    `after`: begin behind this row of the sheet.
    """
    records = _records(file)
    _n, headings = next(records)
    width, found = len(headings), 0
    for n, cells in records:
        if not any(cells):
            continue
        found += 1
        if found > MOST_ROWS:
            raise Unreadable("rows")
        if n > after:
            yield _row(n, cells, width)


def _row(n, cells, width):
    fault = ""
    if any(cells[width:]):
        fault = "wide"
    elif any(len(cell) > LONGEST_CELL for cell in cells):
        fault = "long"
    kept = [cell[:LONGEST_CELL] for cell in cells[:width]]
    return Row(n, kept + [""] * (width - len(kept)), fault)


def _records(file):
    """(number of the row, its texts) from the headings on."""
    file.seek(0)
    start = file.read(len(OLD_EXCEL))
    if not start:
        raise Unreadable("empty")
    if start == OLD_EXCEL:
        raise Unreadable("old_excel")
    records = workbooks.records(file, MOST_COLUMNS) if start.startswith(ZIP) else _csv_records(file)
    begun = False
    for n, cells in enumerate(records, start=1):
        texts = [one_line(cell) for cell in cells]
        if not begun:
            while texts and not texts[-1]:
                texts.pop()
            if not texts:
                continue
            if len(texts) > MOST_COLUMNS:
                raise Unreadable("columns")
            begun = True
            texts = [text[:LONGEST_CELL] for text in texts]
        yield n, texts
    if not begun:
        raise Unreadable("empty")


def one_line(text):
    """Without line breaks, double spaces and what surrounds them."""
    return " ".join(text.replace("\ufeff", "").split())


def _csv_records(file):
    encoding = encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(_Open(file), encoding=encoding, newline="")
    named, separator = _separator(text.read(LOOKED_AT))
    text.seek(0)
    if named:
        text.readline()
    was = csv.field_size_limit(LONGEST_FIELD)
    csv.field_size_limit(was)
    reader = csv.reader(text, delimiter=separator)
    while True:
        # The limit is one for the whole process: set for as long as a record is read.
        csv.field_size_limit(LONGEST_FIELD)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("quotes") from error
        finally:
            csv.field_size_limit(was)
        yield cells


class _Open(io.RawIOBase):
    """The file for a reader of text that closes what it read: ours stays open."""

    def __init__(self, file):
        self._file = file

    def readable(self):
        return True

    def seekable(self):
        return True

    def readinto(self, buffer):
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset, whence=io.SEEK_SET):
        return self._file.seek(offset, whence)

    def tell(self):
        return self._file.tell()


def encoding_of(file):
    """The encoding of a file of text. Raises Unreadable for what is none."""
    file.seek(0)
    start = file.read(4096)
    found = next((name for bom, name in BOMS if start.startswith(bom)), None) or _without_bom(start)
    for encoding in [found] if found else ["utf-8", "cp1252"]:
        if _decodes(file, encoding):
            return encoding
    raise Unreadable("encoding")


def _without_bom(start):
    """Latin letters in UTF-16 have a NUL in every second place."""
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if start and start[offset::2].count(0) > len(start) * 0.3:
            return encoding
    return None


def _decodes(file, encoding):
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while data := file.read(LOOKED_AT):
            if "\0" in decoder.decode(data):
                raise Unreadable("binary")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(start):
    """(whether the first line names it, as Excel does, and the separator)."""
    first = start.lstrip("\ufeff").partition("\n")[0].strip("\r\ufeff ")
    if first.lower().startswith("sep=") and len(first) == 5 and first[4] in SEPARATORS:
        return True, first[4]
    widths = {separator: _width(start, separator) for separator in SEPARATORS}
    return False, max(SEPARATORS, key=lambda separator: widths[separator])


def _width(start, separator):
    """How many cells the first record has with this separator; fewer where quotation marks are left over."""
    try:
        for cells in csv.reader(io.StringIO(start, newline=""), delimiter=separator):
            if any(cell.strip() for cell in cells):
                return (len(cells) > 1) * (len(cells) - 0.5 * any('"' in cell for cell in cells))
    except csv.Error:
        return 0
    return 0
