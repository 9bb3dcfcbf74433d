"""What stays when the network goes: the site's own files, one person's pages; and nothing for the next."""

import re
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import CertificateFile
from lms.offline import shell
from tests.browser import assert_good_page, go, press, sign_in
from tests.factories import make_completion, make_enrolment, make_person, make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.same_everywhere,
    pytest.mark.django_db(transaction=True),
]

PDF = b"%PDF-1.4 small"
KEEP = """async ([kind, path]) => {
    const { keep } = await import('/static/lms/offline/keeping.js');
    await keep(`p-${document.body.dataset.person}-${kind}`, path, await fetch(path));
}"""
WAIT = """async (n) => {
    const { enqueue } = await import('/static/lms/offline/store.js');
    const fields = {attempt: crypto.randomUUID(), n, fields: {a: ['1']}};
    await enqueue(document.body.dataset.person, 'answer', fields);
}"""

# The page's content policy forbids Playwright's own way of waiting for a condition.
UNTIL = """async (condition) => {
    for (let tries = 0; tries < 100; tries++) {
        if (await condition()) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
}"""
REGISTERED = "navigator.serviceWorker.getRegistration()"
READY = f"() => ({UNTIL})(async () => (await {REGISTERED})?.active?.state === 'activated')"
ONLY_SHELL = f"() => ({UNTIL})(async () => (await caches.keys()).every((name) => name.startsWith('shell-')))"
COUNT = """async () => {
    const { within } = await import('/static/lms/offline/store.js');
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    return within(['outbox'], 'readonly', (outbox) => done(outbox.count()));
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
    assert tab.evaluate(READY)
    go(tab, reverse("home"))


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


def test_a_form_that_did_not_arrive_says_so_and_leaves_the_person_known(visit, anna):
    with_worker(visit, anna)
    visit.evaluate(KEEP, ["record", reverse("my_record")])
    go(visit, reverse("join_by_code"))
    visit.context.set_offline(True)
    press(visit)
    assert "What you sent has not arrived." in visit.inner_text("#after-post")
    assert not visit.is_visible("#after-get")
    visit.goto(reverse("my_record"))
    assert visit.is_visible("#saved-copy")


def no_sending(tab):
    tab.context.route("**/sync/", lambda route: route.abort())


def waiting_line(tab):
    tab.wait_for_selector("#waiting p")
    return tab.inner_text("#waiting p")


def test_only_the_shell_is_kept_by_itself(visit, anna):
    with_worker(visit, anna)
    devtools = visit.context.new_cdp_session(visit)
    assert devtools.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    for name in ("home", "my_record", "catalogue", "verify", "account_email", "downloads"):
        go(visit, reverse(name))

    [shell] = caches_of(visit)
    kept = visit.evaluate("async name => (await (await caches.open(name)).keys()).map(one => one.url)", shell)
    assert [url for url in kept if "/static/" not in url] == [visit.evaluate("location.origin") + "/offline/"]


def test_what_is_not_sent_is_told_and_sent_when_asked(visit, anna):
    with_worker(visit, anna)
    no_sending(visit)
    visit.evaluate(WAIT, 3)
    go(visit, reverse("home"))
    assert waiting_line(visit) == "One answer is kept on this device and not sent yet."
    assert_good_page(visit)
    go(visit, reverse("downloads"))
    visit.wait_for_selector("#waits li")
    assert visit.inner_text("#waits li").startswith("Answer to question 3, kept ")
    assert_good_page(visit)

    visit.context.unroute("**/sync/")
    visit.click("#send")
    # There is no such attempt: the site says so, and that stays until it was read.
    visit.wait_for_selector("#said li")
    assert "This is not open to you any more." in visit.inner_text("#said li")
    assert visit.is_visible("#waits-none")
    assert_good_page(visit)
    go(visit, reverse("home"))
    visit.click("#waiting a")
    visit.click("#said button")
    visit.wait_for_selector("#said", state="hidden")
    go(visit, reverse("home"))
    assert visit.inner_text("#waiting") == ""


def test_signing_out_keeps_what_is_not_sent_and_the_next_person_sees_nothing(visit, anna, bernard):
    with_worker(visit, anna)
    no_sending(visit)
    visit.evaluate(KEEP, ["record", reverse("my_record")])
    visit.evaluate(WAIT, 1)
    visit.evaluate(WAIT, 2)
    go(visit, reverse("my_record"))
    visit.click("footer a[href='/accounts/logout/']")
    visit.wait_for_selector("#unsent")
    assert visit.inner_text("#unsent [data-count]") == "2 answers are kept on this device and not sent yet."
    assert visit.is_visible("#kept-goes")
    assert not visit.is_visible("text=What you have done is saved.")
    assert not visit.is_visible("#sign-out")
    visit.click("text=Send now >> nth=0")
    visit.wait_for_selector("text=Not sent: there is no network.")
    visit.focus("#unsent [data-choice=delete]")
    visit.keyboard.press("Enter")
    assert visit.evaluate("document.activeElement.innerText").startswith("Delete them for good?")
    assert_good_page(visit)
    visit.click("text=Do not delete them")
    visit.focus("#unsent [data-choice=keep]")
    with visit.expect_navigation():
        visit.keyboard.press("Enter")

    assert [name for name in caches_of(visit) if name.startswith("p-")] == []
    go(visit, reverse("account_login"))
    assert waiting_line(visit).startswith("Something is kept on this device")
    assert_good_page(visit)
    with_worker(visit, bernard)
    go(visit, reverse("downloads"))
    visit.wait_for_selector("#downloads")
    assert visit.is_visible("#waits-none")
    assert visit.is_visible("#kept-none")
    assert visit.inner_text("#waiting") == ""
    visit.context.set_offline(True)
    visit.goto(reverse("my_record"))
    visit.wait_for_selector("#nothing-kept")
    for _ in range(8):
        visit.evaluate("history.back()")
        visit.wait_for_timeout(150)
        assert "Anna" not in visit.content()
    visit.context.set_offline(False)
    visit.context.unroute("**/sync/")

    go(visit, reverse("account_logout"))
    with visit.expect_navigation():
        visit.click("#sign-out button")
    assert visit.evaluate(COUNT) == 2
    with_worker(visit, anna)
    visit.wait_for_selector("#waiting a:has-text('Read it')")
    assert visit.evaluate(COUNT) == 0


def test_unsent_things_can_be_deleted_at_the_door(visit, anna):
    with_worker(visit, anna)
    no_sending(visit)
    visit.evaluate(WAIT, 1)
    # Wherever the button is, it leads to the choice.
    go(visit, reverse("usersessions_list"))
    press(visit, "main form button")
    assert visit.url.endswith(reverse("account_logout"))
    visit.click("#unsent [data-choice=delete]")
    with visit.expect_navigation():
        visit.click("#unsent [data-choice=really]")

    assert visit.evaluate(COUNT) == 0
    assert visit.locator("[data-person]").count() == 0


def test_on_a_shared_device_nothing_stays(visit, anna):
    with_worker(visit, anna, own=False)
    visit.evaluate(KEEP, ["record", reverse("my_record")])
    go(visit, reverse("my_record"))
    assert visit.evaluate(ONLY_SHELL)
    assert visit.locator("#keep-record").count() == 0

    visit.context.set_offline(True)
    visit.goto(reverse("my_record"))
    visit.wait_for_selector("#nothing-kept")
    assert_good_page(visit)


def test_the_record_is_kept_with_its_certificates(visit, anna):
    certificate = issue(make_completion(make_enrolment(anna.person)), actor=None, at=timezone.now())
    CertificateFile.objects.create(
        certificate=certificate, pdf=PDF, sha256=sha256(PDF).hexdigest(), drawn_at=timezone.now()
    )
    with_worker(visit, anna)
    go(visit, reverse("my_record"))
    visit.wait_for_selector("#keep-record")
    assert re.fullmatch(r"Keep my record on this device, \d+ KB", visit.inner_text("#keep-record [data-keep]"))
    visit.click("#keep-record [data-keep]")
    visit.wait_for_selector("text=Your record is kept on this device")
    assert_good_page(visit)

    visit.context.set_offline(True)
    visit.goto(reverse("my_record"))
    visit.click(f"a[href='{reverse('certificate', args=[certificate.number])}']")
    with visit.expect_download() as started:
        visit.click("a[download]")
    assert started.value.path().read_bytes() == PDF


def test_a_page_is_kept_whole_for_its_own_person_alone(visit, anna, bernard):
    with_worker(visit, anna)
    refused = """async ([name, path]) => {
        const { keep } = await import('/static/lms/offline/keeping.js');
        return keep(name, path, await fetch(path)).then(() => 'kept', (error) => error.constructor.name);
    }"""
    his, hers = f"p-{bernard.person.uuid}-record", f"p-{anna.person.uuid}-record"
    assert visit.evaluate(refused, [his, reverse("my_record")]) == "NotKept"
    assert visit.evaluate(refused, [hers, "/no-such-page/"]) == "NotKept"
    assert visit.evaluate(refused, [hers, "/accounts/login/"]) == "NotKept"  # redirected

    # A move that a closed tab broke off is finished before it counts as kept.
    found = visit.evaluate(
        """async ([name, path, person]) => {
            const { keep, kept } = await import('/static/lms/offline/keeping.js');
            await keep(name + '-part', path, await fetch(path));
            const before = await kept(person);
            await (await caches.open(name + '-part')).put('/.moving', new Response(name));
            await (await caches.open(name)).put('/old/', new Response('old'));
            const after = (await kept(person)).map((one) => [one.kind, one.count]);
            return [before.length, after, await caches.keys()];
        }""",
        [hers, reverse("my_record"), str(anna.person.uuid)],
    )
    assert found[:2] == [0, [["record", 1]]]
    assert f"{hers}-part" not in found[2]


def test_a_new_shell_comes_whole_or_not_at_all(visit, anna, monkeypatch):
    with_worker(visit, anna)
    [old] = caches_of(visit)
    update = """async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const found = await registration.update();
        const coming = found.installing ?? found.waiting;
        if (!coming) return found.active.state;
        return new Promise((resolve) => (coming.onstatechange = () =>
            ['redundant', 'activated'].includes(coming.state) && resolve(coming.state)));
    }"""
    addresses = shell.addresses
    monkeypatch.setattr(shell, "addresses", lambda: [*addresses(), "/no-such-file/"])
    assert visit.evaluate(update) == "redundant"
    visit.context.set_offline(True)
    visit.goto(reverse("catalogue"))
    assert visit.is_visible("#after-get")
    visit.context.set_offline(False)

    monkeypatch.setattr(shell, "addresses", lambda: [*addresses(), "/static/lms/favicon.ico"])
    assert visit.evaluate(update) == "activated"
    [new] = caches_of(visit)
    assert new != old
