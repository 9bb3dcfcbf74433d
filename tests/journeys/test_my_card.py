"""A card kept on one's own phone: open without a network, and truthful about its contacts."""

import datetime
import re

import pytest

from courses.directory.models import Entry
from tests.browser import assert_good_page, go, sign_in
from tests.factories import make_entry, make_person, make_pocket_card, make_site, make_user

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

KEPT = """async (name) => {
    const answer = await caches.match("/card/", {cacheName: name});
    return answer && [answer.headers.get("x-saved"), await answer.text()];
}"""
RENEWED = """async ([name, stamp]) =>
    (await (await caches.match("/card/", {cacheName: name})).text()).includes(stamp)"""
HIDDEN = "async () => (await (await fetch('/card/')).text()).split('hidden').length - 1"
FILES = "async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)"
COMPARE = """async ([person, stamp]) => {
    const address = document.querySelector("script[src*='offline/card']")?.src || "/static/lms/offline/card.js";
    return (await import(address)).compare(person, stamp);
}"""


@pytest.fixture
def trainee(transactional_db):
    make_site()
    make_entry(role="emergency", name="Emergency services", phone="911", checked_on=datetime.date(2026, 5, 3))
    make_entry(role="labour", name="Labour", phone="555")
    make_entry(role="hotline", name="The hotline", phone="847", checked_on=datetime.date(2026, 5, 3))
    make_pocket_card("police", contacts=["emergency", "hotline", "labour", "prosecutor"])
    return make_user(person=make_person(sector="police"))


def stamp_on(tab):
    return tab.get_attribute("[data-card-stamp]", "data-card-stamp")


def test_a_kept_card_opens_without_a_network_and_says_what_has_changed(visit, live_server, trainee):
    person, cache = str(trainee.person.uuid), f"p-{trainee.person.uuid}-card"
    # Pages ask once an hour; here the test asks.
    visit.route("**/sync/", lambda route: route.fulfill(json={"person": "nobody"}))
    sign_in(visit, trainee, own_device=True)
    go(visit, "/card/")
    assert_good_page(visit)
    first = stamp_on(visit)
    assert visit.locator("[data-keep] button:visible").all_inner_texts() == ["Keep this card on this device"]
    assert visit.evaluate(KEPT, cache) is None
    assert visit.evaluate(COMPARE, [person, "another"]) is False
    visit.click("text=Keep this card on this device")
    visit.get_by_text("The card is kept on this device.").wait_for()
    saved, text = visit.evaluate(KEPT, cache)
    own_files = ["/static/lms/offline/card.css", "/static/lms/offline/card.js", "/card/"]
    assert sorted(visit.evaluate(FILES, cache)) == sorted(own_files)
    assert text.replace(f'data-kept="{saved}"', 'data-kept=""').count("hidden") == visit.evaluate(HIDDEN) - 1
    assert visit.locator("[data-keep] button:visible").all_inner_texts() == ["Remove it from this device"]
    # Of the copy: the page itself may be of the minute before.
    moment = re.search(r'data-moment="([^"]+)"', text)[1]
    assert visit.get_by_text("Kept on this device, as it was on").inner_text().endswith(f"{moment}.")
    assert_good_page(visit)

    visit.context.set_offline(True)
    visit.goto("/card/")
    old = visit.get_by_text("Contacts as they were on")
    assert old.is_visible()
    assert old.inner_text().endswith("They could not be checked just now.")
    assert visit.locator(".pocket a[href='tel:911']").is_visible()
    assert visit.get_attribute("[data-card-stamp]", "data-kept") == saved
    visit.get_by_text("Kept on this device, as it was on").wait_for()
    # Back on line, the server says that it still holds, and later that it does not
    visit.context.set_offline(False)
    assert visit.evaluate(COMPARE, [person, first]) is False
    assert old.is_hidden()

    # Since then one has changed, one has gone, one is new and one was checked
    Entry.objects.filter(role="emergency").update(phone="112")
    Entry.objects.filter(role="labour").delete()
    Entry.objects.filter(role="hotline").update(checked_on=datetime.date(2026, 6, 1))
    make_entry(role="prosecutor", phone="777")
    go(visit, "/my/record/")
    assert visit.evaluate(COMPARE, [person, first]) is False
    assert visit.locator("#card-changed").count() == 0
    assert visit.evaluate(COMPARE, ["somebody-else", "another"]) is False
    assert [visit.evaluate(COMPARE, [person, "another"]) for _twice in "12"] == [True, True]
    assert visit.locator("main > div.note:first-child").count() == 1
    assert_good_page(visit)
    visit.click("#card-changed a")
    visit.locator("[data-changes] li").first.wait_for()
    assert "have changed since you kept it on" in visit.locator("[data-changes] p").inner_text()
    assert visit.locator("[data-changes] li").all_inner_texts() == [
        "Changed: Emergency line, now 112",
        "Checked again: Hotline 847",
        "New: Prosecutor 777",
        "No longer on the card: Labour Department 555",
    ]
    assert_good_page(visit)

    # The copy is the new one by now, and goes when asked
    visit.wait_for_function(RENEWED, arg=[cache, stamp_on(visit)])
    visit.reload()
    visit.get_by_text("Kept on this device, as it was on").wait_for()
    assert visit.locator("[data-changes] li").count() == 0
    visit.click("text=Remove it from this device")
    visit.get_by_text("The card is no longer on this device.").wait_for()
    assert visit.evaluate("name => caches.has(name)", cache) is False


def test_what_is_not_this_persons_card_is_not_kept(visit, live_server, trainee):
    sign_in(visit, trainee, own_device=True)
    go(visit, "/card/")
    others = visit.content().replace(str(trainee.person.uuid), "somebody-else")
    visit.route("**/card/", lambda route: route.fulfill(body=others, content_type="text/html"))
    visit.click("text=Keep this card on this device")
    visit.get_by_text("Nothing was kept.").wait_for()

    assert not visit.evaluate(f"caches.has('p-{trainee.person.uuid}-card')")


def test_a_shared_device_and_a_browser_without_script_show_the_card_and_keep_nothing(
    visit, visit_without_js, live_server, trainee
):
    for tab, own in ((visit, False), (visit_without_js, True)):
        sign_in(tab, trainee, own_device=own)
        go(tab, "/card/")
        assert tab.locator(".pocket a[href='tel:911']").is_visible()
        assert not tab.get_by_role("button", name="Keep this card").is_visible()
