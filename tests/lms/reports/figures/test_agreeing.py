"""Whatever the record holds: a figure, its list, its parts, its sheets and a recount by hand say the same."""

import calendar
import csv
import io
import random
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from lms.reports.figures import periods
from lms.reports.figures import scope as scopes
from lms.reports.figures.columns import columns_of
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MINUTES, MONTH, PEOPLE
from lms.reports.figures.tables import in_words
from tests.factories import make_site
from tests.lms.reports.figures.random_record import Record
from tests.lms.reports.figures.recount import Recount, scopes_of

pytestmark = pytest.mark.django_db
# Those that are of a day, or look before the period, are not the sum of their months.
NOT_BY_MONTH = {"first-time", "in-force", "certified", "lapsing"}


@pytest.fixture(params=range(4))
def dice(request):
    dice = random.Random(request.param)
    Record(dice)
    return dice


def length_of(figure, scope):
    rows = list(figure.listed(scope))
    if figure.counts == MINUTES:
        return sum(list(row)[-1] for row in columns_of(figure).rows(figure.listed(scope)))
    assert len({row.pk for row in rows}) == len(rows)
    return len(rows)


def test_every_figure_is_its_list_and_a_recount_by_hand(dice):
    recount, wrong, seen = Recount(), [], set()
    for scope in scopes_of(dice, scopes.read):
        for name, figure in FIGURES.items():
            value = figure.value(scope)
            by_hand = recount.value("tested-people" if name == "tested" else name, scope)
            if not value == length_of(figure, scope) == by_hand:
                wrong.append((name, scope.query(), value, length_of(figure, scope), by_hand))
            seen |= {name} if value else set()

    assert wrong == []
    assert len(seen) >= 8


def test_each_part_is_the_figure_narrowed_and_parts_of_what_is_added_up_make_the_whole(dice):
    wrong = []
    for scope in list(scopes_of(dice, scopes.read))[:3]:
        for name, figure in FIGURES.items():
            value = figure.value(scope)
            for by in figure.by:
                if by == MONTH and name in NOT_BY_MONTH:
                    continue
                parts = figure.parts(scope, by)
                for part in parts:
                    narrowed = month_of(scope, part) if by == MONTH else replace(scope, **{by: part.key})
                    if part.value and figure.value(narrowed) != part.value:
                        wrong.append((name, scope.query(), by, part, figure.value(narrowed)))
                if figure.counts != PEOPLE and sum(part.value for part in parts) != value:
                    wrong.append((name, scope.query(), by, parts, value))

    assert wrong == []


def month_of(scope, part):
    year, month = map(int, part.key.split("-"))
    last = calendar.monthrange(year, month)[1]
    days = max(date(year, month, 1), scope.period.first), min(date(year, month, last), scope.period.last)
    return replace(scope, period=periods.between(*map(str, days)))


@pytest.mark.parametrize("name", FIGURES)
def test_page_csv_xlsx_and_pdf_have_the_same_rows(client_of, auditor, name):
    make_site()
    Record(random.Random(7))
    client, figure = client_of(auditor), FIGURES[name]
    asked = "?period=any&from=2024-01-01&to=2026-01-31"
    page = client.get(f"/reports/figures/{name}/{asked}")
    of_page, pages = page.context["rows"], page.context["listing"].paginator.num_pages
    for n in range(2, pages + 1):
        of_page += client.get(f"/reports/figures/{name}/{asked}&page={n}").context["rows"]
    sheets = {one: client.get(f"/reports/figures/{name}/{one}/{asked}") for one in ("csv", "xlsx", "pdf")}
    of_csv = list(csv.reader(io.StringIO(b"".join(sheets["csv"]).decode("utf-8-sig"))))
    of_xlsx = list(load_workbook(io.BytesIO(b"".join(sheets["xlsx"]))).active.iter_rows(values_only=True))
    pdf = sheets["pdf"].content.decode()

    scope = scopes.read({"from": "2024-01-01", "to": "2026-01-31"})
    values = [list(row) for row in columns_of(figure).rows(figure.listed(scope))]
    assert of_page == [[in_words(value) for value in row] for row in values]
    assert len(of_csv) == len(of_xlsx) == pdf.count("<tr>") == len(values) + 1
    assert of_csv[1:] == [["" if value is None else str(value) for value in row] for row in values]
    assert [[as_csv(value) for value in row] for row in of_xlsx[1:]] == of_csv[1:]
    if figure.counts == PEOPLE:
        assert page.context["value"] == len(values)


def as_csv(value):
    """A cell of a spreadsheet: an empty one is None, a day a moment."""
    if value is None:
        return ""
    return value.date().isoformat() if hasattr(value, "hour") else str(value)
