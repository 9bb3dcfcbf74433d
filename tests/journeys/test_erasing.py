"""Somebody asks to be erased: from the person's page to the empty one, with and without script."""

from datetime import date

import pytest

from courses.choices import Role
from courses.people.models import Person, User
from lms.erasing.models import Erasure
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, let_in, press
from tests.factories import make_completion, make_enrolment, make_person, make_site, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("js", [True, False], ids=["with script", "without script"])
def test_one_asks_and_a_second_person_erases(open_tab, live_server, js):
    make_site()
    person = make_person(full_name="Leonora Leaver", phone="+17584560099", left_on=date(2020, 1, 31))
    make_user(email="leonora@example.org", person=person)
    make_completion(make_enrolment(person))
    first, second = (
        make_user(role=Role.FOCAL_POINT, person=make_person(full_name=name))
        for name in ("Fay First", "Sam Second")
    )

    tab = open_tab(js=js, width=1280)
    let_in(tab, first, live_server)
    tab.goto(f"/admin/erasing/of/{person.uuid}/")
    assert "The name Leonora Leaver stays" in tab.inner_text("main")
    good(tab, js)
    tab.check("[name=why][value=asked]")
    tab.fill("[name=filed_as]", "12/2026")
    press(tab, "main form button[type=submit]")
    assert "You asked for it" in tab.inner_text("main")

    other = open_tab(js=js, width=1280)
    let_in(other, second, live_server)
    other.goto("/admin/erasing/")
    good(other, js)
    press(other, "main td.title a")
    press(other, "main a[href$='/confirm/']")
    other.check("[name=sure]")
    good(other, js)
    press(other, "main form button[type=submit]")
    assert "It is erased." in other.inner_text(".messages")
    good(other, js)

    assert Erasure.objects.get().is_done
    assert not User.objects.filter(email="leonora@example.org").exists()
    assert Person.objects.get(pk=person.pk).phone == ""
    other.goto("/admin/erasing/keeping/")
    good(other, js)
    other.goto(f"/admin/people/{person.pk}/")
    assert "The personal data were erased" in other.inner_text("main")


def good(tab, js):
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 800})
        if js:
            assert_no_sideways_scroll(tab)
            assert_axe_clean(tab)
            tab.screenshot(
                path=f"/tmp/shot-{tab.url.rstrip('/').rpartition('/')[2][:8]}-{width}.png", full_page=True
            )
    tab.set_viewport_size({"width": 1280, "height": 800})
