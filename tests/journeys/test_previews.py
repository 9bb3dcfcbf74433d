"""What authors see of their drafts as trainees would is as good a page as the trainees' own."""

import pytest

from courses.choices import Role
from tests.browser import assert_good_page, go, let_in
from tests.factories import make_site, make_small_course, make_user

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere]


def test_a_lesson_and_a_quiz_tried_are_good_pages(open_tab, live_server):
    make_site()
    page = make_small_course(title="Signs")
    tab = open_tab(width=1280)
    let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)

    for address in (
        f"/admin/pages/{page.lesson_pages[0].pk}/view_draft/?mode=",
        f"/admin/try/{page.check.pk}/",
        f"/admin/try/{page.final.pk}/?as=police",
    ):
        go(tab, address)
        assert_good_page(tab)
