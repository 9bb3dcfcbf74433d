"""What somebody types is text on every page: no dialog, no report of the content policy, for any reader."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.issuing import issue
from courses.directory.models import ContactRole, Entry
from tests.browser import let_in
from tests.factories import (
    make_completion,
    make_enrolment,
    make_registration,
    make_site,
    make_small_course,
    make_workshop,
)

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere, pytest.mark.django_db(transaction=True)]
MARK = "</title></script>\"'><img src=x onerror=alert(1)><svg/onload=alert(2)>{{7*7}}<script>alert(3)</script>"


@pytest.fixture
def marked(constable, facilitator, supervisor_police, focal_point):
    """The mark in every text that a person, the office or an author gives."""
    make_site()
    person = constable.person
    person.full_name, person.rank, person.service_number = MARK, MARK[:115], MARK[:38]
    person.save()
    person.agency.name = MARK
    person.agency.save()
    page = make_small_course(title=MARK)
    enrolment = make_enrolment(person, page.course)
    certificate = issue(make_completion(enrolment), actor=None, at=timezone.now())
    workshop = make_workshop(title=MARK, venue=MARK, facilitators=[facilitator.person])
    make_registration(workshop, person)
    Entry.objects.create(role=ContactRole.HOTLINE, name=MARK, phone="911", note=MARK)
    workshop_at = reverse("workshop", args=[workshop.uuid])
    return {
        None: ["/", "/courses/", f"/v/{certificate.short_code}/", "/accounts/login/?next=" + MARK],
        constable: ["/", "/my/record/", f"/certificates/{certificate.number}/", "/courses/", workshop_at]
        + [reverse("course", args=[page.slug]), f"/my/record/name/?next={MARK}&certificate={MARK}"],
        facilitator: [workshop_at, reverse("workshop_people", args=[workshop.uuid]), "/workshops/"],
        supervisor_police: ["/reports/", reverse("workshop_team", args=[workshop.uuid])],
        focal_point: [
            "/admin/",
            "/admin/people/",
            reverse("people:person", args=[person.pk]),
            "/admin/directory/",
        ]
        + ["/admin/workshops/", f"/admin/people/?q={MARK}", "/reports/"],
    }


def test_it_is_text_for_everybody(marked, open_tab, live_server):
    """The tab complains of anything on the console, and so of what the policy stops, when the test ends."""
    seen = 0
    for user, addresses in marked.items():
        tab = open_tab(width=1200)
        dialogs = []
        tab.on("dialog", lambda dialog, dialogs=dialogs: (dialogs.append(dialog.message), dialog.dismiss()))
        if user is not None:
            let_in(tab, user, live_server)
        for address in addresses:
            answer = tab.goto(address)
            assert answer.status == 200, address
            assert (
                tab.evaluate("document.querySelectorAll('img[src=x], svg[onload], [onerror]').length") == 0
            ), address
            seen += "<img src=x onerror=alert(1)>" in tab.inner_text("body")
        assert dialogs == []
    # It was there to be seen: otherwise nothing was shown here.
    assert seen >= 10
