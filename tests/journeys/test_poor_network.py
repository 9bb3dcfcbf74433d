"""A test taken on a telephone whose network comes and goes: nothing is lost, and the page says what is true."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.quizzes import attempts, preparing
from courses.quizzes.models import AnswerEvent
from courses.quizzes.results import PASSED, standings
from tests.answering import form_of, right_answer
from tests.browser import assert_good_page, go, let_in, press
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    make_user,
    multiple,
    set_outline,
    short,
    single,
    true_false,
)
from tests.journeys.study import fill_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "Kept on this device, not sent yet."


@pytest.fixture
def begun(live_server):
    """begun(review="test") gives an open attempt, with `learner`, of four questions; begun(device="d") one
    that is prepared."""

    def begin(device=None, **rules):
        page = make_course_page()
        questions = [single(), multiple(), true_false(), short()]
        quiz = make_quiz(page, questions, **{"review": "test", **rules})
        set_outline(page, [make_module(quiz)])
        learner = make_user()
        facts = {
            "person": learner.person,
            "enrolment": make_enrolment(learner.person, page.course),
            "actor": learner,
            "at": timezone.now(),
        }
        if device:
            attempt = preparing.prepare(quiz.translation_key, device=device, **facts)
        else:
            attempt = attempts.start(quiz.translation_key, **facts)
        attempt.learner = learner
        return attempt

    return begin


def address(attempt, n):
    return f"/attempts/{attempt.uuid}/{n}/"


def choose(tab, attempt, n, answer=right_answer):
    item = attempt.items.select_related("question_edition__question").get(n=n)
    fill_in(tab, form_of(answer(item)))


def state(tab, wanted):
    """The line below the question, once it is in this state."""
    line = tab.locator(f".kept[data-state={wanted}]")
    line.wait_for(state="attached")
    return line


def given(attempt, n):
    return AnswerEvent.objects.filter(item__attempt=attempt, item__n=n)


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


# --- On paper ---------------------------------------------------------------------------


def cut(tab, attempt):
    """No network: the attempt's pages are answered with its saved paper, as the service worker does."""
    client = Client()
    client.force_login(attempt.learner)
    paper = client.get(reverse("attempt_paper", args=[attempt.uuid])).content.decode()
    tab.route("**/sync/", lambda route: route.abort())
    tab.route("**/attempts/**", lambda route: route.fulfill(body=paper, content_type="text/html"))


def restored(tab):
    tab.unroute("**/sync/")
    tab.unroute("**/attempts/**")


def remember(tab, name, value):
    tab.evaluate(
        "async ([n, v]) => (await import('/static/lms/offline/store.js')).remember(n, v)", [name, value]
    )


def test_a_whole_module_check_without_a_network(visit, live_server, begun):
    attempt = begun(device="d", purpose="check")
    person = attempt.learner.person
    let_in(visit, attempt.learner, live_server)
    go(visit, reverse("quiz_start", args=[attempt.quiz_key]))
    remember(visit, f"paper:{person.uuid}:{attempt.quiz_key}", str(attempt.uuid))
    cut(visit, attempt)
    press(visit)
    on_page(visit, 1)
    fill_in_section(visit, attempt, 1)
    press(visit, "section.now .btn")
    on_page(visit, 2)
    press(visit, "section.now >> text=See all")
    on_page(visit, "review")
    assert visit.locator("section.now .h").all_inner_texts() == [
        "Kept on this device, not sent yet",
        *["Not answered"] * 3,
    ]
    visit.click("section.now >> text=Hand in your answers")
    visit.wait_for_selector("[data-gaps]:focus")
    for n in (2, 3):
        go(visit, address(attempt, n))
        on_page(visit, n)
        fill_in_section(visit, attempt, n)
        press(visit, "section.now .btn")
    # Killed and opened again: what was chosen is there.
    go(visit, address(attempt, 3))
    visit.wait_for_selector("section.now input:checked")
    assert state(visit, "kept").inner_text() == KEPT
    go(visit, address(attempt, 4))
    on_page(visit, 4)
    fill_in_section(visit, attempt, 4)
    press(visit, "section.now .btn")
    on_page(visit, "review")
    assert set(visit.locator("section.now .h").all_inner_texts()) == {"Kept on this device, not sent yet"}
    assert_good_page(visit)
    visit.click("section.now >> text=Hand in your answers")
    visit.wait_for_selector("text=Your result appears when they have been sent.")
    assert_good_page(visit)
    attempt.refresh_from_db()
    assert attempt.is_prepared
    assert not AnswerEvent.objects.exists()

    restored(visit)
    press(visit, "section.now >> text=Send now")
    assert visit.url.endswith("/result/")
    assert "4 of 4 (100 %)" in visit.inner_text("main")
    assert AnswerEvent.objects.values("item").distinct().count() == 4
    assert standings(attempt.enrolment, [attempt.quiz_key])[attempt.quiz_key].state == PASSED


def on_page(tab, name):
    tab.wait_for_selector(f"section.now[data-page='{name}']")


def fill_in_section(tab, attempt, n):
    item = attempt.items.select_related("question_edition__question").get(n=n)
    for name, value in form_of(right_answer(item)).items():
        if name == "text":
            tab.fill("section.now input[name=text]", value)
        else:
            for option in value:
                tab.check(f"section.now input[name='{name}'][value='{option}']")


def test_handing_in_waits_for_the_answers(visit, live_server, begun):
    attempt = begun()
    let_in(visit, attempt.learner, live_server)
    go(visit, address(attempt, 1))
    visit.context.set_offline(True)
    choose(visit, attempt, 1)
    state(visit, "kept")
    visit.context.set_offline(False)
    visit.route("**/sync/", lambda route: route.abort())
    go(visit, f"/attempts/{attempt.uuid}/review/")
    visit.wait_for_selector("text=Kept on this device, not sent yet")
    visit.click("text=Hand in your answers")
    visit.wait_for_selector("[data-gaps]:focus")
    visit.click("text=Hand in your answers")
    visit.wait_for_selector("text=Your result appears when they have been sent.")
    attempt.refresh_from_db()
    assert attempt.is_open

    visit.unroute("**/sync/")
    press(visit, "text=Send now")
    assert "1 of 4" in visit.inner_text("main")
