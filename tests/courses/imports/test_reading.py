"""Tables as they come: encodings, separators, broken and hostile files."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from courses.imports import reading, workbooks
from courses.imports.headings import guess, is_privileged, plain
from courses.imports.refusing import Unreadable

PLAIN = "Name;Ort\r\nJosé;Soufrière\r\n"


def read(data):
    file = io.BytesIO(data)
    return reading.headings_of(file), [row.cells for row in reading.rows_of(file)]


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        read(data)
    return refused.value.code


def workbook(*rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Second").append(["never", "read"])
    file = io.BytesIO()
    book.save(file)
    if change is None:
        return file.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return changed.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_in_use_is_read(encoding):
    assert read(PLAIN.encode(encoding)) == (["Name", "Ort"], [["José", "Soufrière"]])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_read(separator, end):
    text = separator.join(["name", '"a, b; c"']) + end + separator.join(['"two\nlines"', "x"]) + end * 3
    assert read(text.encode()) == (["name", "a, b; c"], [["two lines", "x"]])


def test_rows_are_numbered_as_the_spreadsheet_does():
    file = io.BytesIO(b"sep=|\n\nname|x\n|\nAnna|1\nBea|2|too wide\nCleo\n")
    rows = list(reading.rows_of(file))

    assert [(row.n, row.cells, row.fault) for row in rows] == [
        (4, ["Anna", "1"], ""),
        (5, ["Bea", "2"], "wide"),
        (6, ["Cleo", ""], ""),
    ]
    assert [row.n for row in reading.rows_of(file, after=5)] == [6]


def test_what_is_no_table_is_refused_with_the_reason():
    assert refusal(b"") == refusal(b"\n,,\n") == "empty"
    assert refusal(b"name\n\x00\x01\x02") == "binary"
    assert refusal(b"name\n\x81\x8d") == "encoding"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest") == "old_excel"
    assert refusal(b'name\n"never closed' + b"x" * 30_000) == "quotes"
    assert refusal(b"a," * 70 + b"\nx") == "columns"
    assert refusal(b"name\n" + b"x\n" * (reading.MOST_ROWS + 1)) == "rows"


def test_a_workbook_gives_the_text_of_its_first_sheet():
    data = workbook(
        ["Name", "Phone", "Date", "Sum", None],
        ["=1+1", 7584521234.0, datetime.datetime(2019, 3, 28), 1.5],
        [None, None, None, None],
        [True, 7, datetime.time(9, 30), "x" * 600],
    )
    file = io.BytesIO(data)

    assert reading.headings_of(file) == ["Name", "Phone", "Date", "Sum"]
    first, second = reading.rows_of(file)
    assert first.cells == ["=1+1", "7584521234", "2019-03-28", "1.5"]
    assert (second.n, second.cells[:3], second.fault) == (4, ["True", "7", "09:30:00"], "long")


def test_hostile_workbooks_are_refused(monkeypatch):
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bomb">]>'

    def with_entity(name, data):
        return data.replace(b"<worksheet", entity + b"<worksheet", 1) if "sheet1" in name else data

    def far_away(name, data):
        return data.replace(b'r="2"', b'r="99999999999"').replace(b'"A2"', b'"ZZZZ2"')

    assert refusal(b"PK\x03\x04 and no more") == "workbook"
    assert refusal(workbook(["a"], ["b"], change=with_entity)) == "workbook"
    assert refusal(workbook(["a"], ["b"], change=far_away)) == "workbook"
    monkeypatch.setattr(workbooks, "LARGEST_PART", 50)
    assert refusal(workbook(["a"], ["b"])) == "large"


def test_headings_are_known_in_four_languages():
    known = {"first": {"firstname", "prenom", "vorname"}, "role": {"role"}}

    assert guess(["x", "PRÉNOM ", "Role"], known) == {"first": 1}
    assert plain("E-Mail (privé)") == "emailprive"
    assert is_privileged("is_staff")
    assert is_privileged("Mot de passe")
