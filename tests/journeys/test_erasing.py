"""Somebody asks to be erased: from the person's page to the empty one, with and without script."""

from datetime import date

import pytest

from courses.choices import Role
from courses.people.models import Person, User
from lms.erasing.models import Erasure
from tests.browser import assert_good_desk_page, let_in, press
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
    assert_good_desk_page(tab, js)
    tab.check("[name=why][value=asked]")
    tab.fill("[name=filed_as]", "12/2026")
    press(tab, "main form button[type=submit]")
    assert "You asked for it" in tab.inner_text("main")

    other = open_tab(js=js, width=1280)
    let_in(other, second, live_server)
    other.goto("/admin/erasing/")
    assert_good_desk_page(other, js)
    press(other, "main td.title a")
    press(other, "main a[href$='/confirm/']")
    other.check("[name=sure]")
    assert_good_desk_page(other, js)
    press(other, "main form button[type=submit]")
    assert "It is erased." in other.inner_text(".messages")
    assert_good_desk_page(other, js)

    assert Erasure.objects.get().is_done
    assert not User.objects.filter(email="leonora@example.org").exists()
    assert Person.objects.get(pk=person.pk).phone == ""
    other.goto("/admin/erasing/keeping/")
    assert_good_desk_page(other, js)
    other.goto(f"/admin/people/{person.pk}/")
    assert "The personal data were erased" in other.inner_text("main")
