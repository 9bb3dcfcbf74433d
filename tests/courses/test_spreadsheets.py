import csv
import datetime
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from courses.people.models import Person
from courses.spreadsheets import csv_lines, csv_response, safe, xlsx_bytes, xlsx_response
from tests.factories import make_person

FORMULA = '=HYPERLINK("http://evil.example","click")'
DANGEROUS = [
    FORMULA,
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\u00a0=1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_opens_a_formula_becomes_text(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", [0, -5, -2.5, True, Decimal("-1.5"), "Jn Baptiste", "a=b", "", "5 - 3"])
def test_numbers_and_plain_text_stay_as_they_are(value):
    assert safe(value) == value


def test_nothing_is_an_empty_cell():
    assert safe(None) == ""


def test_csv_has_a_mark_for_excel_and_safe_cells():
    lines = list(csv_lines(["Name", "=Score"], [["Nadège", FORMULA], ["Ann", -3]]))
    assert lines[0].startswith("\ufeff")
    rows = list(csv.reader(io.StringIO("".join(lines).removeprefix("\ufeff"))))
    assert rows == [["Name", "'=Score"], ["Nadège", f"'{FORMULA}"], ["Ann", "-3"]]


def test_csv_is_made_while_it_is_sent():
    asked = []

    def rows():
        for n in range(3):
            asked.append(n)
            yield [n]

    lines = csv_lines(["n"], rows())
    next(lines)
    next(lines)
    assert asked == [0]


def test_xlsx_keeps_formulas_as_text():
    at = datetime.datetime(2026, 3, 2, 13, tzinfo=datetime.timezone(datetime.timedelta(hours=-4)))
    book = load_workbook(xlsx_bytes(["Name"], [[FORMULA], ["#REF!"], [7], [at], [None], ["a\x0bb"]]))
    cells = [row[0] for row in book.active.iter_rows()]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n", "d", "n", "s"]
    assert [cell.value for cell in cells] == [
        "Name",
        FORMULA,
        "#REF!",
        7,
        datetime.datetime(2026, 3, 2, 17),
        None,
        "ab",
    ]


def test_downloads_are_named():
    assert csv_response("people", [], [])["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert xlsx_response("people", [], [])["Content-Disposition"] == 'attachment; filename="people.xlsx"'


class WagtailList(SpreadsheetExportMixin):
    list_export = ["full_name", "rank"]


def test_wagtails_own_csv_is_safe_too(db):
    make_person(full_name=FORMULA, rank="@SUM(1)")
    written = b"".join(WagtailList().write_csv_response(Person.objects.all()).streaming_content).decode()
    assert list(csv.reader(io.StringIO(written)))[1] == [f"'{FORMULA}", "'@SUM(1)"]


def test_wagtails_own_xlsx_holds_no_formula(db):
    make_person(full_name=FORMULA)
    content = b"".join(WagtailList().write_xlsx_response(Person.objects.all()).streaming_content)
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", FORMULA)
