"""A test that goes on without a network, from its saved paper, and is handed in there."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.people import devices
from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent
from courses.quizzes.results import PASSED, standings
from tests.answering import form_of, right_answer
from tests.browser import assert_good_page, go, let_in, press
from tests.journeys.begun import KEPT, address, choose, state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    visit.reload()
    visit.wait_for_load_state("networkidle")
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
    press(visit, "#main >> text=Send now")
    assert "1 of 4" in visit.inner_text("main")

    # What comes later still is kept, and the person is told how it counts.
    item = {"attempt": str(attempt.uuid), "n": 2, "fields": form_of(right_answer(attempt.items.get(n=2)))}
    visit.evaluate(
        """async ([person, item]) => {
            const { enqueue } = await import("/static/lms/offline/store.js");
            await enqueue(person, "answer", item, item);
        }""",
        [str(attempt.learner.person.uuid), item],
    )
    visit.reload()
    visit.wait_for_selector("[data-outbox] >> text=Question 2: This answer came after the test was handed in.")
    assert_good_page(visit)
    assert "1 of 4" in visit.inner_text("main")


def test_an_own_device_keeps_the_paper_until_the_result_is_seen(visit, live_server, begun):
    attempt = begun()
    client = Client()
    client.force_login(attempt.learner)
    session = client.session
    devices.remember_choice(SimpleNamespace(session=session), own=True)
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visit.context.add_cookies([{"name": cookie.key, "value": session.session_key, "url": live_server.url}])
    go(visit, address(attempt, 1))
    name = f"p-{attempt.learner.person.uuid}-attempt-{attempt.uuid}"
    paper = f"/attempts/{attempt.uuid}/paper/"
    saved = visit.evaluate(
        """async url => {
            let response;
            while (!(response = await caches.match(url))) await new Promise(next => setTimeout(next, 50));
            const names = (await caches.keys()).filter((name) => name.startsWith("p-"));
            return [response.headers.get("x-saved"), await response.text(), names] }""",
        paper,
    )
    assert saved[2] == [name]
    assert saved[0]
    assert 'data-page="4"' in saved[1]

    attempts.submit(attempt.uuid, person=attempt.learner.person, actor=None, at=timezone.now())
    go(visit, f"/attempts/{attempt.uuid}/result/")
    visit.evaluate(
        """async () => { while ((await caches.keys()).some((name) => name.startsWith("p-")))
            await new Promise((next) => setTimeout(next, 50)) }"""
    )
