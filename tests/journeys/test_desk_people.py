"""Choosing many people at the desk; the screens on the way that no address leads to are good pages."""

import pytest

from courses.choices import Approval, Role
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, let_in, press
from tests.factories import make_agency, make_course, make_person, make_site, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tab(open_tab, live_server):
    make_site()
    focal_point = make_user(email="focal@example.org", role=Role.FOCAL_POINT)
    tab = open_tab(width=1280)
    let_in(tab, focal_point, live_server)
    tab.focal_point = focal_point
    return tab


def assert_good(tab):
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 800})
        assert_no_sideways_scroll(tab)
        assert_axe_clean(tab)
    tab.set_viewport_size({"width": 1280, "height": 800})


def make_people():
    agency = make_agency(name="Royal Saint Lucia Police Force")
    people = [make_user(person=make_person(full_name=f"Person {n}", agency=agency)) for n in "ABC"]
    for user in people[:2]:
        user.person.approval = Approval.PENDING
        user.person.save()
    return people


def test_many_people_are_approved_and_given_a_course(tab):
    make_people()
    course = make_course()

    tab.goto("/admin/people/waiting/")
    tab.check("[data-choose-page]")
    press(tab, "text=Approve…")
    assert "Person A" in tab.inner_text("main")
    assert_good(tab)
    press(tab, "main form button[type=submit]")
    assert "2 people were approved." in tab.inner_text(".messages")

    tab.goto("/admin/people/")
    tab.check("[aria-label='Choose Person A']")
    press(tab, "text=Assign a course…")
    assert_good(tab)
    tab.select_option("[name=course]", label=course.title)
    press(tab, "main form button[type=submit]")
    assert "Will get it (1)" in tab.inner_text("main")
    assert_good(tab)
    press(tab, "main form button[type=submit]")
    assert "Assigned to 1 person." in tab.inner_text(".messages")


def test_without_script_a_whole_page_can_be_chosen(open_tab, live_server, tab):
    make_people()
    plain = open_tab(js=False, width=1280)
    let_in(plain, tab.focal_point, live_server)

    plain.goto("/admin/people/waiting/")
    plain.select_option("[name=scope]", "page")
    plain.click("text=Approve…")
    plain.click("main form button[type=submit]")

    assert "2 people were approved." in plain.inner_text(".messages")
