"""What stays when the network goes: the site's own files, one person's pages; and nothing for the next."""

import pytest
from django.urls import reverse

from tests.browser import sign_in
from tests.factories import make_person, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEEP = """async ([kind, path]) => {
    const { keep } = await import('/static/lms/offline/keeping.js');
    await keep(`p-${document.body.dataset.person}-${kind}`, path, await fetch(path));
}"""
WAIT = """async (n) => {
    const { enqueue } = await import('/static/lms/offline/store.js');
    const fields = {attempt: crypto.randomUUID(), n, fields: {a: ['1']}};
    await enqueue(document.body.dataset.person, 'answer', fields);
}"""


@pytest.fixture
def anna():
    return make_user(email="anna@example.org", person=make_person(full_name="Anna Alcide"))


@pytest.fixture
def bernard():
    return make_user(email="bernard@example.org", person=make_person(full_name="Bernard Baptiste"))


def with_worker(tab, user, own=True):
    """Signed in, with the worker in charge of the page."""
    sign_in(tab, user, own_device=own)
    tab.wait_for_function("navigator.serviceWorker.controller !== null")


def caches_of(tab):
    return tab.evaluate("caches.keys()")


def clock(tab, moment):
    """As the browser's own clock shows it."""
    return tab.evaluate("at => new Date(at).toTimeString().slice(0, 5)", moment)


def test_without_a_network_the_saved_copy_says_from_when_it_is(visit, anna):
    with_worker(visit, anna)
    visit.evaluate(KEEP, ["record", reverse("my_record")])
    visit.context.set_offline(True)

    visit.goto(reverse("my_record"))
    told = visit.inner_text("#saved-copy")
    saved = visit.get_attribute("#saved-copy time", "datetime")
    assert told == f"Saved copy from {clock(visit, saved)}. The network did not answer."
    assert "Anna Alcide" in visit.inner_text("main")

    visit.goto(reverse("catalogue"))
    assert "could not be loaded" in visit.inner_text("#after-get")
    assert visit.locator("#kept-here a").all_inner_texts() == ["My record"]
    visit.context.set_offline(False)
    visit.click("#after-get a")
    visit.wait_for_selector("h1:has-text('Courses')")
    assert not visit.is_visible("#saved-copy")
