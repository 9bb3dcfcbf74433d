"""A case: played on a telephone, with and without script, and by a nurse without a network."""

import pytest

from courses.choices import AttemptOrigin
from courses.drills.scenarios.models import Run
from tests.browser import assert_good_page, go, let_in, press, sign_in
from tests.factories import make_course_page, make_enrolment, make_module, make_scenario, set_outline
from tests.journeys.states import enrolled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def course_with_a_case():
    page = make_course_page(title="Signs")
    page.scenario = make_scenario(page, title="The door")
    set_outline(page, [make_module(page.scenario, title="Cases")])
    return page


def choose(tab, words):
    tab.get_by_text(words, exact=True).check()
    press(tab, "text=Do this")


@pytest.mark.parametrize("js", [True, False], ids=["script", "plain"])
def test_a_case_is_played_to_its_end_and_looked_back_at(open_tab, live_server, constable, js):
    page = course_with_a_case()
    make_enrolment(constable.person, page.course)
    tab = open_tab(js=js)
    # Without script nothing can be looked for.
    look = assert_good_page if js else (lambda tab: None)
    let_in(tab, constable, live_server)
    go(tab, f"/courses/{page.slug}/")
    press(tab, "main ol a:has-text('The door')")
    look(tab)
    press(tab)
    look(tab)
    choose(tab, "Ask the man first")
    assert "It warns the suspect" in tab.inner_text("main")
    look(tab)
    tab.click("summary:has-text('Go back')")
    press(tab, "button:has-text('At the door')")
    choose(tab, "Ask to speak alone")
    choose(tab, "Ask what she wants")
    assert "You have not passed this case yet" in tab.inner_text("main")
    look(tab)
    press(tab, "text=Look back at your way")
    assert "The procedure asks for: Ask to speak alone" in tab.inner_text("main")
    look(tab)


@pytest.mark.worker
def test_a_nurse_plays_a_saved_case_without_a_network(visit):
    page = course_with_a_case()
    learner, _enrolment = enrolled("nurse-away", page)
    sign_in(visit, learner, own_device=True)
    visit.evaluate("navigator.serviceWorker.ready.then(() => true)")
    go(visit, f"/courses/{page.slug}/save/")
    visit.locator("#said", has_text="The course takes").wait_for()
    visit.click("#go")
    visit.locator("#said", has_text="Saved on this device on").wait_for()

    visit.context.set_offline(True)
    go(visit, f"/courses/{page.slug}/")
    press(visit, "main ol a:has-text('The door')")
    press(visit)
    visit.locator("section[data-place=door]:not([hidden])").wait_for()
    assert_good_page(visit)
    visit.click("section[data-place=door] button.btn")
    visit.locator("section[data-place=door] [data-nothing]:not([hidden])").wait_for()
    visit.get_by_text("Ask the man first").check()
    visit.click("section[data-place=door] button.btn")
    repair = visit.locator("section[data-place=repair]:not([hidden])")
    repair.wait_for()
    assert "That leads to repair." in repair.inner_text()
    visit.locator("[data-state]", has_text="Kept on this device, not sent yet.").wait_for()
    # Closed and opened again, it stands where it stood.
    visit.reload()
    repair.wait_for()
    repair.locator("[data-back]").click()
    door = visit.locator("section[data-place=door]:not([hidden])")
    door.get_by_text("Ask to speak alone").check()
    door.locator("button.btn").click()
    room = visit.locator("section[data-place=room]:not([hidden])")
    room.get_by_text("Ask what she wants").check()
    room.locator("button.btn").click()
    visit.locator("section[data-place=end]:not([hidden])").wait_for()
    assert_good_page(visit)
    assert not Run.objects.exists()

    visit.context.set_offline(False)
    visit.locator("[data-state]", has_text="Sent.").wait_for()
    run = Run.objects.get()
    assert (run.origin, run.is_ended) == (AttemptOrigin.DEVICE, True)
    assert [situation for situation, _choice in run.log()] == ["door", "door", "door", "room"]
    assert not run.latest_marking().passed
    press(visit, "section[data-place=end] [data-result]")
    assert visit.url.endswith(f"/runs/{run.uuid}/at/end/")
