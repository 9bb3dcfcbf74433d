"""A clause changes: the focal point sends the call, the constable reads what is new and renews."""

import pytest
from django.urls import reverse

from courses.choices import Role
from tests.browser import assert_good_page, go, let_in, press
from tests.certificates.refreshers.calling import (
    call_about,
    certified,
    course_citing,
    old_procedure,
    point,
    reworded,
    right_answers,
    wrong_answers,
)
from tests.factories import make_person, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_changed_clause_calls_back_and_is_renewed(open_tab, live_server):
    procedure = old_procedure(name="National SOP")
    course = course_citing(point(procedure.clauses.get(number="4.2")))
    constable = make_user(person=make_person(full_name="Constance Joseph"))
    certified(course, constable.person)
    call = call_about(
        reworded(procedure, text="Ask consent for each agency, and for each thing that is shared.")
    )
    focal_point = make_user(email="focal@example.org", role=Role.FOCAL_POINT)

    desk = open_tab(width=1280)
    let_in(desk, focal_point, live_server)
    go(desk, reverse("desk_refresher", args=[call.pk]))
    assert "1 person would be called now." in desk.inner_text("main")
    assert_good_page(desk)
    go(desk, reverse("refresher_calls:edit", args=[call.pk]))
    desk.fill("[name=points-0-text]", "Say each name before you ask.")
    press(desk, desk.get_by_role("button", name="Save"))
    assert "Say each name before you ask." in desk.inner_text("main")
    press(desk, desk.get_by_role("link", name="Send it"))
    press(desk, desk.get_by_role("button", name="Yes, send it"))
    assert "Called: 1. Of these have done it: 0." in desk.inner_text("main")

    phone = open_tab(width=390)
    let_in(phone, constable, live_server)
    go(phone, "/")
    assert_good_page(phone)
    press(phone, "text=See what has changed")
    assert_good_page(phone)
    (wrong,), (right,) = wrong_answers(call).values(), right_answers(call).values()
    phone.check(f"[value='{wrong}']")
    press(phone, "text=Check my answers")
    assert_good_page(phone)
    phone.check(f"[value='{right}']")
    press(phone, "text=Check my answers")
    assert "Your training is renewed" in phone.inner_text("main")

    go(desk, reverse("desk_refresher", args=[call.pk]))
    assert "Called: 1. Of these have done it: 1." in desk.inner_text("main")
