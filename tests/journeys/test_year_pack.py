"""The focal point narrows the figures, makes last year's pack in two clicks, and sends it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import Role
from tests.browser import assert_good_page, go, let_in, press
from tests.factories import (
    make_agency,
    make_attendance,
    make_completion,
    make_enrolment,
    make_person,
    make_registration,
    make_site,
    make_user,
    make_workshop,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def last_year(db):
    """Eight people of one agency at a workshop, six of them with a course too, and two of another agency."""
    make_site()
    now = timezone.now()
    held = now.replace(month=6, day=3, hour=13, minute=0) - timedelta(days=365)
    police, clinic = make_agency(name="Police", headcount=20), make_agency(name="Clinic", headcount=10)
    workshop = make_workshop(title="Interviewing with care", starts_at=held, funder="IOM")
    people = [make_person(agency=police, sex="female" if n % 2 else "male") for n in range(8)]
    people += [make_person(agency=clinic, sex="female") for _n in range(2)]
    for person in people:
        make_attendance(make_registration(workshop, person), at=held)
    for person in people[:6]:
        make_completion(make_enrolment(person, at=held), at=held + timedelta(days=20))
    return now.year - 1


@pytest.mark.parametrize("js", [True, False])
def test_two_clicks_after_the_period_is_chosen(open_tab, live_server, last_year, js):
    tab = open_tab(js=js, width=1200 if js else 360)
    let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)

    go(tab, reverse("reports_overview"))
    tab.select_option("[name=period]", f"calendar-{last_year}")
    press(tab, "form.scope >> button:visible")
    assert "10 people trained" in " ".join(tab.inner_text(".kpi li >> nth=0").split())
    press(tab, ".kpi a >> nth=0")
    assert tab.inner_text("h1").endswith(": 10")
    assert tab.locator("tbody tr").count() == 10

    press(tab, "text=Figures for the year")
    tab.select_option("[name=period]", f"calendar-{last_year}")
    press(tab, "main form[method=post] button.btn")
    said = tab.inner_text("main")
    assert "10" in said
    assert "Interviewing with care" in said
    if js:
        assert_good_page(tab)
        press(tab, "a[href*='version=outside']")
        assert "fewer than 5" in tab.inner_text("main")
        assert_good_page(tab)
