"""The training changes hands: from the first page of it to the printed record, with and without script."""

import pytest
from django.utils import timezone

from courses.choices import Role
from courses.people.models import User
from lms.handover.models import Handover, HandoverRecord
from tests.browser import assert_good_desk_page, let_in, press
from tests.factories import make_cohort, make_person, make_site, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("js", [True, False], ids=["with script", "without script"])
def test_one_focal_point_hands_over_to_the_next(open_tab, live_server, js):
    make_site()
    goes = make_user(email="old@example.org", role=Role.FOCAL_POINT, person=make_person(full_name="Olive Old"))
    comes = make_user(email="new@example.org", person=make_person(full_name="Nadia New"))
    administrator = make_user(role=Role.ADMINISTRATOR)
    cohort = make_cohort(facilitator=goes.person, name="Spring group")

    # She prepares it herself, as far as she may.
    own = open_tab(js=js, width=1280)
    let_in(own, goes, live_server)
    own.goto("/admin/hand-over/begin/")
    own.fill("[name=address]", "new@example.org")
    own.fill("[name=both_until]", timezone.localdate().isoformat())
    assert_good_desk_page(own, js)
    press(own, "main form button[type=submit]")
    assert "Only an administrator gives rights" in own.inner_text("main")
    assert "Spring group" in own.inner_text("main")

    # She is away the next day. An administrator takes it up.
    tab = open_tab(js=js, width=1280)
    let_in(tab, administrator, live_server)
    tab.goto("/admin/hand-over/")
    assert_good_desk_page(tab, js)
    press(tab, "main td.title a")
    press(tab, "text=Give the rights…")
    assert "Nadia New (new@example.org), now Trainee, becomes Focal point" in tab.inner_text("main")
    assert_good_desk_page(tab, js)
    press(tab, "main form button[type=submit]")
    tab.check("[name=matter][value=cohorts]")
    assert_good_desk_page(tab, js)
    press(tab, "main form[action$='/take/'] button")
    assert "1 matter is taken over." in tab.inner_text(".messages")
    press(tab, "main a[href$='/questions/']")
    tab.fill("[name=key_holder]", "age-secret-key-1qqq")
    press(tab, "main form button[type=submit]")
    assert "This is a key." in tab.inner_text("main")
    tab.fill("[name=key_holder]", "The Permanent Secretary; the safe")
    press(tab, "main form button[type=submit]")
    press(tab, "main a[href$='/site/']")
    assert "Last good backup" in tab.inner_text("main")
    assert_good_desk_page(tab, js)
    press(tab, "main p a.button")
    press(tab, "text=Finish…")
    assert_good_desk_page(tab, js)
    press(tab, "main form button[type=submit]")
    assert "Print the record" in tab.inner_text("main")
    pdf = tab.request.get(tab.get_attribute("main a[href$='record.pdf']", "href")).body()
    assert pdf == bytes(HandoverRecord.objects.get().pdf)

    # Both are in until the day is over; she wants it to end now.
    own.goto("/admin/")
    assert "/admin/" in own.url
    press(tab, "text=Close it now…")
    press(tab, "main form button[type=submit]")
    assert "The old access is closed." in tab.inner_text(".messages")
    own.goto("/admin/")
    assert "/accounts/login/" in own.url
    cohort.refresh_from_db()
    assert cohort.facilitator == comes.person
    assert User.objects.get(pk=comes.pk).role == Role.FOCAL_POINT
    assert Handover.objects.get().closed_at is not None
