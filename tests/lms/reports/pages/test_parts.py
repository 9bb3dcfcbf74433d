"""What a figure is divided into: each number opens the narrower list, and the sheet has the same rows."""

import pytest

from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MINUTES, MONTH
from lms.templatetags.figures import cells
from tests.factories import (
    make_attendance,
    make_earlier_training,
    make_person,
    make_registration,
    make_workshop,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def evidence(world, police):
    workshop = make_workshop(funder="Embassy", district="castries", starts_at=world.at)
    make_attendance(make_registration(workshop, make_person(agency=police, sex="male")))
    make_earlier_training(make_person(agency=None), held_on=world.at.date())


@pytest.mark.parametrize("name", list(FIGURES))
def test_every_part_opens_a_list_that_is_as_long(desk, evidence, name):
    figure = FIGURES[name]
    for dimension in figure.by:
        section = desk.get(f"/reports/figures/{name}/by/{dimension}/").context["section"]
        assert len(section.table.rows) == 12 or dimension != MONTH
        if figure.counts == MINUTES:
            continue
        for _label, number in cells(section.linked) if section.linked else []:
            # As it stood on the last day of a month is no part of the whole.
            if dimension == MONTH and not name.startswith(("people", "attend", "compl", "issued")):
                continue
            assert desk.get(number.address).context["listing"].paginator.count == int(number.words), dimension


@pytest.mark.parametrize("dimension", ["agency", "month", "sex"])
def test_the_sheet_has_the_rows_of_the_page(desk, evidence, dimension):
    address = f"/reports/figures/people/by/{dimension}/"
    linked = desk.get(address).context["section"].linked
    rows = [[cell.words for cell in row] for row in cells(linked)]
    sheet = b"".join(desk.get(f"{address}csv/").streaming_content).decode("utf-8-sig").splitlines()

    assert [line.split(",") for line in sheet[1:]] == rows


@pytest.mark.parametrize("address", ["people/by/rank/", "nothing/by/agency/", "people/by/agency/doc/"])
def test_what_is_no_figure_dimension_or_format_is_not_there(desk, address):
    assert desk.get(f"/reports/figures/{address}").status_code == 404
