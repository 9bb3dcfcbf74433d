"""Every kind of screen at the desk without barriers, on a desk and on a telephone.

Of ours, one for each template: what else differs is the rows. Of Wagtail's, those we fill.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser import assert_axe_clean, assert_no_sideways_scroll, go, let_in
from tests.lms.desk.screens import addresses_of, likely_of, make_world, rows_of, screens
from tests.unseen import assert_asks_for_nothing_unseen

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere, pytest.mark.django_db(transaction=True)]
DESK, PHONE = 1280, 390
TEMPLATES = ("certificates/", "courses/", "lms/", "people/")
# Wagtail's templates, our rows and fields.
FILLED = [
    "certificate-designs:edit",
    "certificates:index",
    "certificates:inspect",
    "desk_courses",
    "directory:delete",
    "enrolments:index",
    "people:edit",
    "results_course",
    "results_quiz",
    "wagtailsnippets_courses_bankquestion:edit",
    "wagtailsnippets_courses_bankquestion:list",
]
# Faults of Wagtail 7.4's own: (rule, part of the selector).
WAGTAILS_OWN = [
    # The map beside the editor of a long page scrolls by the pointer alone; its links are in the tab order.
    ("scrollable-region-focusable", ".w-minimap__list"),
    # The field of tags is drawn by a script of Wagtail's, which gives its inner field no name.
    ("label", ".ui-autocomplete-input"),
]


def one_of_each(world):
    """An address for each template."""
    client = Client()
    client.force_login(world.focal_point)
    rows, likely = rows_of(world), likely_of(world)
    found = {"home": "/admin/"}
    for page in (world.page, world.lesson, world.quiz):
        found[type(page)] = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for screen in screens():
        for address in addresses_of(screen, rows, likely):
            answer = client.get(address, follow=screen.name in FILLED)
            if answer.status_code == 200 and not answer.streaming:
                break
        else:
            continue
        if screen.name in FILLED:
            found[screen.name] = address
        elif b"<html" in answer.content and answer.templates[0].name.startswith(TEMPLATES):
            found.setdefault(answer.templates[0].name, address)
    return found


def test_no_screen_has_a_barrier(open_tab, live_server):
    world = make_world(12)
    tab = open_tab(width=DESK)
    let_in(tab, world.focal_point, live_server)

    found = one_of_each(world)

    assert found.keys() > {*FILLED, "lms/desk/person.html", "people/desk/decide.html"}
    for address in found.values():
        tab.set_viewport_size({"width": DESK, "height": 900})
        go(tab, address)
        assert_axe_clean(tab, known=WAGTAILS_OWN)
        assert_asks_for_nothing_unseen(tab)
        # The same page, laid out anew: what axe looks at does not change.
        tab.set_viewport_size({"width": PHONE, "height": 900})
        assert_no_sideways_scroll(tab)
