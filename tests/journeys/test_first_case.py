"""The focal point writes a case of twelve situations in the editor, without code, and sees its map."""

import pytest

from courses.choices import Role
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage
from tests.browser import assert_axe_clean, go, let_in, press
from tests.factories import make_small_course, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The template's five, and seven more that are copies of its last but one until they are written.
TEMPLATE = ["notice", "repair", "alone", "ask", "refer"]
ADDED = ["danger", "voice", "words", "call", "bed", "papers", "later"]
# Where the situations stand in the form: the two endings come between.
PLACES = {**{name: n for n, name in enumerate(TEMPLATE)}, **{name: n for n, name in enumerate(ADDED, 7)}}
ENDINGS = {5: "A night with choices", 6: "Too late"}


def write(tab, field, text):
    tab.fill(f"[name=scenes-{field}]", text)


def publish(tab):
    tab.click("footer [data-w-dropdown-target=toggle]")
    press(tab, "button[name=action-publish]")


def lead(tab, name, *to):
    """Say where the choices of a situation lead: found by its short name, since saving numbers them anew."""
    names = "[name^=scenes-][name$=-value-name]"
    field = tab.locator(names).evaluate_all("(all, name) => all.find(one => one.value === name).name", name)
    for n, place in enumerate(to):
        tab.fill(f"[name={field.replace('-value-name', '')}-value-choices-{n}-value-to]", place)


def test_twelve_situations_are_written_and_seen_as_a_map(open_tab, live_server):
    course = make_small_course()
    tab = open_tab(width=1280)
    let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)
    go(tab, "/admin/new/scenario/")
    tab.fill("[name=title]", "At the pier")
    tab.select_option("[name=place]", f"{course.pk}:")
    press(tab, "main button:has-text('Make the draft')")

    for name in ADDED:
        # Of “refer”, which stands before the endings.
        tab.locator("[name=scenes-4-value-name]").evaluate(
            """field => field.closest('[data-streamfield-child]')
                .querySelector('[data-streamfield-action=DUPLICATE]').click()"""
        )
        tab.wait_for_selector(f"[name=scenes-{PLACES[name]}-value-name]", state="attached")
        write(tab, f"{PLACES[name]}-value-name", name)
    for name, n in PLACES.items():
        write(tab, f"{n}-value-title", f"The {name}")
        write(tab, f"{n}-value-text", f"You come to the {name}. What do you do?")
        write(tab, f"{n}-value-asks", "See to safety first.")
        for m, words in enumerate(["Ask her alone", "Ask him first", "Come back on Monday"]):
            write(tab, f"{n}-value-choices-{m}-value-text", f"{words}, at the {name}")
            write(tab, f"{n}-value-choices-{m}-value-consequence", "That is what follows.")
    for n, title in ENDINGS.items():
        write(tab, f"{n}-value-title", title)
        write(tab, f"{n}-value-text", "So it ends.")
    for name, following in zip(["refer", *ADDED], [*ADDED, "done"], strict=True):
        lead(tab, name, following, following, "missed")
    lead(tab, "later", "dune")
    publish(tab)
    assert "Situation “later”, choice 1 leads to “dune”" in tab.inner_text(".messages, main")
    assert not ScenarioEdition.objects.exists()

    lead(tab, "later", "done")
    publish(tab)
    assert "It is live" in tab.inner_text("main")
    page = ScenarioPage.objects.get(live=True)
    go(tab, f"/admin/pages/{page.pk}/view_draft/")
    assert tab.locator("figure.map g.box").count() == len(PLACES) + len(ENDINGS)
    assert tab.locator("figure.map .faulty").count() == 0
    assert_axe_clean(tab)
    (edition,) = ScenarioEdition.objects.all()
    assert [one["id"] for one in edition.story["situations"]][:4] == TEMPLATE[:4]
    assert len(edition.story["situations"]) == 12
