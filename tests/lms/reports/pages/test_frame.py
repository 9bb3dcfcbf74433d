"""What stands around every page of figures: the tab it belongs to, and filters that take nothing away."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def current(response):
    return re.findall(r'aria-current="(page|true)">([^<]+)</a></li>', response.content.decode())


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("/reports/overview/", ("page", "Overview")),
        ("/reports/figures/people/", ("true", "Overview")),
        ("/reports/figures/people/by/agency/", ("true", "Overview")),
        ("/reports/people/trained/", ("true", "Overview")),
        ("/reports/lapsing/", ("true", "Overview")),
        ("/reports/coverage/people/no-post/", ("true", "Coverage")),
        ("/reports/", ("page", "People")),
    ],
)
def test_a_page_marks_the_tab_it_belongs_to(desk, world, address, tab):
    assert tab in current(desk.get(address))


def test_a_gradebook_belongs_to_its_tab_and_keeps_the_period_and_its_own_filters(desk, world):
    address = reverse("gradebook", args=[world.course.uuid])
    page = desk.get(address, {"period": "fiscal-2024", "sort": "name", "page": "1"})

    assert ("true", "Gradebooks") in current(page)
    assert page.content.decode().count('<input type="hidden" name="period" value="fiscal-2024">') == 1


def test_changing_the_period_keeps_what_the_page_asks_for_itself(desk, world):
    asked = {"period": "fiscal-2024", "agency": "-", "module": "A & B", "attention": "1", "page": "3"}
    body = desk.get("/reports/questions/", asked).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', body)

    assert hidden == [("module", "A &amp; B"), ("attention", "1")]


def test_the_coverage_keeps_the_period_and_what_is_shown(desk, world):
    body = desk.get("/reports/coverage/", {"period": "us-2025", "show": "bare"}).content.decode()

    assert '<input type="hidden" name="period" value="us-2025">' in body
    assert '<input type="hidden" name="show" value="bare">' in body
