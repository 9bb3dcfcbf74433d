"""The screens on which something new is written, copied and shared, in a real browser."""

import pytest

from courses.choices import Role
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, go, let_in
from tests.factories import make_site, make_small_course, make_user

pytestmark = pytest.mark.browser
WIDTHS = (390, 1280)


@pytest.fixture
def page(transactional_db):
    make_site()
    return make_small_course(title="Signs")


def test_from_the_menu_to_the_editor_and_to_the_sheet_on_the_wall(open_tab, live_server, page):
    tab = open_tab(width=1280)
    let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)

    for address in (
        "/admin/new/",
        "/admin/new/short/",
        "/admin/new/document/",
        f"/admin/copy/{page.pk}/",
        f"/admin/share/{page.pk}/",
        f"/admin/share/{page.pk}/handout/",
        f"/admin/pages/{page.lesson_pages[0].pk}/view_draft/?mode=",
        f"/admin/try/{page.check.pk}/",
        f"/admin/try/{page.final.pk}/?as=police",
    ):
        go(tab, address)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 740})
            assert_no_sideways_scroll(tab)
            assert_axe_clean(tab)

    tab.set_viewport_size({"width": 1280, "height": 740})
    go(tab, "/admin/new/")
    tab.click("main a:has-text('Short lesson and five questions')")
    tab.fill("[name=title]", "The first hour")
    tab.select_option("[name=place]", label="A new module with this title")
    tab.click("main button:has-text('Make the draft')")
    tab.wait_for_url("**/edit/")

    assert tab.input_value("[name=title]") == "The first hour"
    assert "“The first hour”, “Check: The first hour”" in tab.inner_text(".messages")
