"""The focal point's screens about people are good pages, wide and narrow."""

import pytest
from django.utils import timezone

from courses.choices import Approval, Role
from courses.enrolment.enrolling import enrol
from courses.people.approving import ask
from courses.people.noting import add_note
from tests.answering import take
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, let_in
from tests.factories import make_agency, make_person, make_site, make_small_course, make_user

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


def test_the_screens_about_people_are_good_pages(tab):
    waiting, _other, studying = make_people()
    now = timezone.now()
    course = make_small_course()
    enrolment = enrol(studying.person, course.course, actor=studying, at=now)
    take(course.check, studying.person, enrolment, at=now)
    add_note(studying.person, "Prefers mornings.", actor=tab.focal_point, at=now)
    ask(waiting.person, "Which station?", actor=tab.focal_point, at=now)

    tab.goto("/admin/people/waiting/")
    assert_good(tab)
    tab.check("[data-choose-page]")
    tab.click("text=Approve…")
    assert "Person A" in tab.inner_text("main")
    assert_good(tab)
    tab.click("main form button[type=submit]")
    assert "2 people were approved." in tab.inner_text(".messages")

    tab.goto("/admin/people/")
    assert_good(tab)
    tab.check("[aria-label='Choose Person A']")
    tab.click("text=Assign a course…")
    assert_good(tab)
    tab.select_option("[name=course]", label=course.course.title)
    tab.click("main form button[type=submit]")
    assert "Will get it (1)" in tab.inner_text("main")
    assert_good(tab)
    tab.click("main form button[type=submit]")
    assert "Assigned to 1 person." in tab.inner_text(".messages")

    tab.goto(f"/admin/people/{studying.person.pk}/")
    assert_good(tab)
    tab.goto(f"/admin/people/ask/{make_waiting_again(studying).pk}/")
    assert_good(tab)


def make_waiting_again(user):
    user.person.approval = Approval.PENDING
    user.person.save()
    return user.person


def test_without_script_a_whole_page_can_be_chosen(open_tab, live_server, tab):
    make_people()
    plain = open_tab(js=False, width=1280)
    let_in(plain, tab.focal_point, live_server)

    plain.goto("/admin/people/waiting/")
    plain.select_option("[name=scope]", "page")
    plain.click("text=Approve…")
    plain.click("main form button[type=submit]")

    assert "2 people were approved." in plain.inner_text(".messages")
