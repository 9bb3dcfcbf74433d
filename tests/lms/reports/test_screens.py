"""The supervisor's screens without barriers, wide and narrow. The desk's: tests/lms/desk/test_good_screens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.enrolment.enrolling import assign
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, go, let_in
from tests.factories import make_course, make_person, make_post, make_site

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 390)


@pytest.fixture
def crowd(world, police):
    """Long names, every status and an overdue date; enough of them for a second page."""
    make_site()
    long_name = "Marie-Antoinette Théodora Saint-Rose-Deterville de la Charlemagne-Montplaisir"
    post = make_post(agency=police, name="Hewanorra International Airport, Vieux-Fort")
    late = make_person(full_name=long_name, agency=police, post=post)
    yesterday = timezone.localdate() - timedelta(days=1)
    assign(late, make_course(title="Another course"), due_on=yesterday, actor=None, at=world.at)
    for n in range(50):
        make_person(full_name=f"Zed {n:02}", agency=police)
    return world


def addresses_of_a_supervisor(world):
    return {
        "people": "/reports/",
        "people, second page": "/reports/?page=2",
        "people, one course": f"/reports/?course={world.course.pk}&status=completed",
        "people, nobody fits": "/reports/?q=xyzzy",
        "home": "/",
    }


def look(tab, addresses):
    for address in addresses.values():
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            go(tab, address)
            assert_no_sideways_scroll(tab)
            assert_axe_clean(tab)


def test_the_supervisors_screens(open_tab, live_server, crowd, supervisor_police, focal_point):
    tab = open_tab(width=1280)
    let_in(tab, supervisor_police, live_server)
    look(tab, addresses_of_a_supervisor(crowd))
    let_in(tab, focal_point, live_server)
    look(tab, {"people, choose": "/reports/"})
