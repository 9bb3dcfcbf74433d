"""From the figures to an invitation, without a script: the overview, what lapses, asked and told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from certificates.issuing import issue
from courses.choices import EnrolmentState, Role
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, go, let_in, press
from tests.factories import (
    make_agency,
    make_attendance,
    make_completion,
    make_enrolment,
    make_lesson_done,
    make_person,
    make_registration,
    make_site,
    make_small_course,
    make_user,
    make_workshop,
)

# What is written at night waits until eight.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_the_morning"),
]


@pytest.fixture
def police():
    """Twelve officers: four are trained, of whom one has to renew soon; the others stopped on the way."""
    make_site()
    page = make_small_course()
    page.course.validity_months = 24
    page.course.save()
    police = make_agency(name="Royal Saint Lucia Police Force", headcount=10)
    make_agency(name="Community Health Services")
    now = timezone.now()
    people = [make_person(full_name=f"Officer {n}", agency=police) for n in range(12)]
    for n, person in enumerate(people[:4]):
        at = now - timedelta(days=700 if n == 0 else 20)
        enrolment = make_enrolment(person, page.course, at=at, state=EnrolmentState.COMPLETED, ended_at=at)
        issue(make_completion(enrolment, at=at), actor=None, at=at)
    for person in people[4:]:
        make_lesson_done(make_enrolment(person, page.course, at=now), page.lesson_pages[0])
    make_user(email="officer@example.org", person=people[0])
    workshop = make_workshop(title="Signs in the room", starts_at=now - timedelta(days=40))
    make_attendance(make_registration(workshop, people[5]))
    return police


def assert_good(tab):
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        assert_no_sideways_scroll(tab)
        assert_axe_clean(tab)


def test_from_the_overview_to_an_invitation(open_tab, live_server, police):
    tab = open_tab(width=1280)
    let_in(tab, make_user(email="focal@example.org", role=Role.FOCAL_POINT), live_server)
    go(tab, "/")
    press(tab, "text=See the figures")
    assert "4 of 10" in tab.inner_text("main")
    assert_good(tab)
    go(tab, "/reports/figures/people/by/agency/")
    assert_good(tab)

    go(tab, "/reports/overview/")
    press(tab, "text=See all and invite to the refresher")
    assert_good(tab)
    tab.check("[aria-label^='Officer 0']")
    press(tab, "text=Invite those chosen to the refresher")
    assert_good(tab)
    mail.outbox.clear()
    press(tab, "text=Yes, write to them")
    assert "Invited now: 1" in tab.inner_text("main")
    assert_good(tab)
    assert [letter.to for letter in mail.outbox] == [["officer@example.org"]]
