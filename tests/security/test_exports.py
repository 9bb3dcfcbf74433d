"""No file that the site gives out runs a formula, and no letter carries a header of somebody else's."""

import ast
import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from openpyxl import load_workbook

from courses import spreadsheets
from tests.factories import make_registration, make_site, make_workshop

pytestmark = pytest.mark.django_db
FORMULAS = [
    "=1+1",
    "+1",
    "-1+cmd",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1",
    "＝1+1",
    "\ufeff=1",
]
# What writes tables, and what only reads them.
WRITERS = {"courses/spreadsheets.py", "lms/reports/packs/documents.py"}
READERS = {"courses/imports/reading.py", "courses/imports/workbooks.py"}
OPENS = re.compile(r"^[\s\u00a0\u200b\ufeff]*[=+\-@＝＋－＠]")


def test_tables_are_written_in_two_places_alone():
    """Another module that writes one would not make it safe."""
    found = set()
    for area in ("lms", "courses", "certificates"):
        for file in Path(settings.BASE_DIR, area).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if {name.partition(".")[0] for name in names} & {
                    "csv",
                    "openpyxl",
                    "tablib",
                    "xlsxwriter",
                    "xlwt",
                }:
                    found.add(str(file.relative_to(settings.BASE_DIR)))

    assert found == WRITERS | READERS


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    line = "".join(spreadsheets.csv_lines([text], [[text]])).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(line, newline="")))
    book = load_workbook(spreadsheets.xlsx_bytes([text], [[text]]))

    assert [row[0][0] for row in rows] == ["'", "'"]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "inlineStr"}


@pytest.mark.parametrize("address", ["/admin/people/", "/admin/directory/", "/admin/workshops/"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_of_the_desk(client_of, focal_point, constable, address, kind):
    make_site()
    constable.person.full_name, constable.person.rank = "=cmd|' /C calc'!A0", "@SUM(1)"
    constable.person.save()
    make_registration(make_workshop(title="=1+1", venue="+1"), constable.person)
    answer = client_of(focal_point).get(address, {"export": kind})
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content

    if kind == "xlsx":
        cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
    else:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert [cell for row in rows for cell in row if OPENS.match(cell)] == []


def test_a_name_with_lines_of_its_own_adds_no_header(client_of, constable, client):
    make_site()
    constable.person.full_name = "Constance\r\nBcc: everybody@example.org\r\n\r\nJoseph"
    constable.person.save()
    client.post("/accounts/password/reset/", {"email": constable.email})
    client.post("/accounts/password/reset/", {"email": "a@example.org\r\nBcc: everybody@example.org"})

    assert len(mail.outbox) == 1
    letter = mail.outbox[0].message()
    assert letter["Bcc"] is None
    assert mail.outbox[0].recipients() == [constable.email]
    answer = client_of(constable).get("/my/record/")
    assert "Bcc" not in str(answer.headers)
