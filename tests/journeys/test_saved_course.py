"""A course saved on a device of one's own, read without a network, and what was done there sent later."""

import time

import pytest
from django.core.cache import caches

from courses.catalogue.models import LessonPage
from courses.enrolment.models import Enrolment
from courses.progress.models import LessonDone
from courses.quizzes.models import AnswerEvent
from tests.browser import assert_good_page, go, press, sign_in
from tests.journeys.states import enrolled, small_course

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

NAMES = "caches.keys().then(names => names.filter(name => name.startsWith('p-')))"


def said(tab, words):
    tab.locator("#said", has_text=words).wait_for()


def on_own_phone(tab, page, **kwargs):
    learner, enrolment = enrolled("own", page, **kwargs)
    sign_in(tab, learner, own_device=True)
    tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
    go(tab, f"/courses/{page.slug}/save/")
    said(tab, "The course takes")
    return learner, enrolment


def courses_kept(tab):
    names = [name for name in tab.evaluate(NAMES) if "-course-" in name]
    return sorted(names, key=lambda name: name.endswith("-part"))


def test_read_and_marked_done_without_a_network(visit, live_server, record_property):
    page = small_course()
    on_own_phone(visit, page)
    assert_good_page(visit)
    visit.click("#go")
    said(visit, "Saved on this device on")
    assert_good_page(visit)

    visit.context.set_offline(True)
    before = time.perf_counter()
    go(visit, f"/courses/{page.slug}/every-kind/")
    record_property("seconds until a saved lesson was open", time.perf_counter() - before)
    assert visit.locator("#saved-copy").is_visible()
    picture = visit.locator(".pic img")
    picture.scroll_into_view_if_needed()
    picture.evaluate("image => image.complete || new Promise(done => (image.onload = image.onerror = done))")
    assert picture.evaluate("image => image.naturalWidth") == 720
    # Quick questions came with the page.
    visit.click(".qq details >> nth=0")
    assert visit.locator(".qq details[open]").count() == 1
    press(visit, "form[data-lesson] button")
    assert visit.url.endswith(f"/courses/{page.slug}/second/")
    visit.locator("nav.side li[data-lesson]", has_text="Done on this device, not sent yet").wait_for()
    press(visit, "form[data-lesson] button")
    go(visit, f"/courses/{page.slug}/")
    visit.locator("li[data-lesson] .h", has_text="Done on this device, not sent yet").nth(1).wait_for()
    assert visit.locator("a[data-away]").get_attribute("href") != f"/courses/{page.slug}/continue/"
    assert_good_page(visit)
    # A test is begun from its paper.
    go(visit, f"/quizzes/{page.test.translation_key}/start/")
    press(visit)
    assert visit.url.endswith("/1/")
    visit.locator("[data-page='1'] :is([type=radio], [type=checkbox])").first.check()
    visit.locator("[data-page='1'] [role=status]", has_text="Kept on this device, not sent yet.").wait_for()
    assert not LessonDone.objects.exists()
    assert not AnswerEvent.objects.exists()

    visit.context.set_offline(False)
    visit.locator("[data-page='1'] [role=status]", has_text="Saved at").wait_for()
    assert LessonDone.objects.count() == 2
    assert AnswerEvent.objects.get().item.attempt.is_open
    go(visit, f"/courses/{page.slug}/")
    assert visit.locator(".tag", has_text="Completed").count() == 2


def test_interrupted_and_gone_on_with_and_put_in_place_when_whole(visit, live_server):
    page = small_course()
    on_own_phone(visit, page)
    visit.click("#go")
    said(visit, "Saved on this device on")
    (first,) = courses_kept(visit)

    lesson = LessonPage.objects.get(pk=page.lessons[1].pk)
    lesson.title = "Another title"
    lesson.save_revision().publish()
    caches["bodies"].clear()
    go(visit, f"/courses/{page.slug}/")
    visit.locator("#saving-line", has_text="A newer version is there: renew, ").wait_for()
    press(visit, "#saving-line a")
    said(visit, "A newer version is there.")

    # The network goes in the middle, and the tab is closed.
    asked = []
    visit.route("**/second/", lambda route: route.abort())
    visit.click("#go")
    said(visit, "No network just now.")
    old, part = courses_kept(visit)
    visit.unroute("**/second/")
    visit.reload()
    said(visit, "parts are here")
    assert (old, part.endswith("-part")) == (first, True)
    visit.context.set_offline(True)
    go(visit, f"/courses/{page.slug}/second/")
    assert "Second lesson" in visit.locator("h1").inner_text()
    visit.context.set_offline(False)

    go(visit, f"/courses/{page.slug}/save/")
    said(visit, "parts are here")
    visit.on("request", lambda request: asked.append(request.url))
    visit.click("text=Go on")
    said(visit, "Saved on this device on")
    assert courses_kept(visit) == [part.removesuffix("-part")]
    assert not [url for url in asked if url.endswith(f"/courses/{page.slug}/every-kind/")]
    visit.context.set_offline(True)
    go(visit, f"/courses/{page.slug}/second/")
    assert "Another title" in visit.locator("h1").inner_text()

    # The enrolment ends: at the next look on line the course goes.
    visit.context.set_offline(False)
    Enrolment.objects.update(state="withdrawn", ended_at=page.latest_revision_created_at)
    go(visit, f"/courses/{page.slug}/")
    visit.locator("#saving-line", has_text="it was removed from this device").wait_for()
    assert courses_kept(visit) == []
