"""A test taken on a telephone whose network comes and goes: nothing is lost, and the page says what is true."""

import pytest
from django.utils import timezone

from courses.quizzes import attempts
from tests.browser import go, let_in, press
from tests.factories import (
    case,
    matching,
    numeric,
    ordering,
)
from tests.journeys.begun import KEPT, address, choose, given, state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_choosing_is_kept_then_saved(visit, live_server, begun):
    attempt = begun()
    let_in(visit, attempt.learner, live_server)
    go(visit, address(attempt, 1))
    choose(visit, attempt, 1)

    line = state(visit, "saved")
    visit.wait_for_function("document.querySelector('.kept').textContent.startsWith('Saved at ')")
    event = given(attempt, 1).get()
    assert line.get_attribute("data-uuid") == str(event.uuid)
    assert event.device
    press(visit)
    assert visit.url.endswith(address(attempt, 2))
    # What was saved before is not sent again.
    assert given(attempt, 1).count() == 1


def test_cut_off_then_sent(visit, live_server, begun):
    attempt = begun()
    let_in(visit, attempt.learner, live_server)
    go(visit, address(attempt, 4))
    visit.context.set_offline(True)
    choose(visit, attempt, 4)
    line = state(visit, "kept")
    visit.wait_for_function("document.querySelector('.kept').textContent.startsWith('Kept')")
    assert line.inner_text() == KEPT
    visit.click("text=Save and continue")
    visit.wait_for_timeout(300)
    assert visit.url.endswith(address(attempt, 4))
    assert not given(attempt, 4).exists()

    with visit.expect_navigation():
        visit.context.set_offline(False)
    # It goes on by itself.
    assert visit.url.endswith("/review/")
    assert given(attempt, 4).count() == 1


def test_what_was_kept_is_there_again_after_a_reload_and_signing_in(visit, live_server, begun):
    attempt = begun()
    let_in(visit, attempt.learner, live_server)
    go(visit, address(attempt, 2))
    visit.route("**/sync/", lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}))
    choose(visit, attempt, 2)
    state(visit, "kept")
    # The tab was killed; in another one, the answer is there, and not said to be saved.
    tab = visit.context.new_page()
    tab.route("**/sync/", lambda route: route.fulfill(status=401, json={"sign_in": "/accounts/login/"}))
    visit.close()
    go(tab, address(attempt, 2))
    line = state(tab, "kept")
    assert tab.locator("main input:checked").count() == 2
    link = line.locator("a")
    link.wait_for()
    assert line.inner_text() == "Kept on this device. Sign in again, then it is sent. Sign in"
    assert link.get_attribute("href").endswith(f"?next=%2Fattempts%2F{attempt.uuid}%2F2%2F")

    tab.unroute("**/sync/")
    go(tab, address(attempt, 2))
    state(tab, "saved")
    # Each tick was an answer of its own.
    assert [len(event.payload["chosen"]) for event in given(attempt, 2)] == [1, 2]


def test_an_answer_that_is_sent_by_another_tab(visit, live_server, begun):
    """And one that is not whole waits without being sent."""
    attempt = begun()
    let_in(visit, attempt.learner, live_server)
    go(visit, address(attempt, 1))
    visit.route("**/sync/", lambda route: route.abort())
    choose(visit, attempt, 1)
    state(visit, "kept")
    other = visit.context.new_page()
    go(other, address(attempt, 2))

    state(visit, "saved")
    first = given(attempt, 1).get()
    assert visit.get_attribute(".kept", "data-uuid") == str(first.uuid)

    other.check("main input[type=checkbox] >> nth=0")
    state(other, "saved")
    other.uncheck("main input[type=checkbox] >> nth=0")
    state(other, "draft")
    assert given(attempt, 2).count() == 1


def test_practice_sends_nothing_before_the_button(visit, live_server, begun):
    attempt = begun(review="practice", purpose="practice")
    let_in(visit, attempt.learner, live_server)
    go(visit, address(attempt, 3))
    choose(visit, attempt, 3)
    visit.wait_for_timeout(300)
    go(visit, address(attempt, 3))
    # It is chosen again, and was not sent.
    visit.wait_for_selector("main input:checked")
    assert not given(attempt, 3).exists()
    visit.context.set_offline(True)
    visit.click("text=Save and continue")
    line = state(visit, "kept")
    assert line.inner_text() == "Kept on this device. What was right is shown when it has been sent."
    visit.wait_for_selector("text=Go on to question 4 meanwhile")
    with visit.expect_navigation():
        visit.context.set_offline(False)
    assert visit.locator("#feedback").count() == 1
    assert given(attempt, 3).count() == 1


def test_where_the_browser_keeps_nothing_the_form_is_posted(visit, live_server, begun):
    attempt = begun()
    let_in(visit, attempt.learner, live_server)
    visit.add_init_script("indexedDB.open = () => { throw new Error('private') }")
    go(visit, address(attempt, 1))
    choose(visit, attempt, 1)
    visit.wait_for_selector("text=Not saved on this device. Press Save and continue.")
    press(visit)
    assert visit.url.endswith(address(attempt, 2))
    assert given(attempt, 1).get().device == ""


def test_only_a_whole_answer_is_sent(visit, live_server, begun):
    """Rows, places, parts and figures: what the server would refuse is kept as a draft."""
    attempt = begun(questions=[matching(), ordering(), case(), numeric()])
    let_in(visit, attempt.learner, live_server)
    for n, begin in enumerate((choose_one_row, choose_one_place_twice, tick_one_part, type_thousands), 1):
        go(visit, address(attempt, n))
        begin(visit)
        state(visit, "draft")
        choose(visit, attempt, n)
        state(visit, "saved")
    visit.click("text=Save and continue")
    visit.wait_for_url("**/review/")

    marking = attempts.submit(attempt.uuid, person=attempt.learner.person, actor=None, at=timezone.now())
    assert marking.score == 100


def choose_one_row(tab):
    tab.locator("main select").first.select_option(index=1)


def choose_one_place_twice(tab):
    for place in tab.locator("main select").all():
        place.select_option("1")


def tick_one_part(tab):
    tab.locator("main fieldset.part input:not([type=hidden])").first.check()


def type_thousands(tab):
    tab.fill("main input[name=text]", "1,000")
