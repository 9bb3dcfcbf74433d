"""A door with 41 people where the network comes and goes: two devices, five walk-ins, nothing lost or twice."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import WorkshopState
from courses.people.devices import OWN
from courses.people.models import Person
from courses.workshops.models import Registration, Workshop
from tests.browser import assert_axe_clean, assert_no_sideways_scroll, go, let_in
from tests.courses.attendance.door import make_running
from tests.factories import make_person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
EXPECTED, WALK_INS = 36, 5
NAMES = ["Ann", "Benoît", "Chantal", "Desmond", "Éloïse", "Fabian"]
SURNAMES = ["Alcide", "Baptiste", "Charlery", "Du Boulay", "Emmanuel", "Jn. Marie"]


@pytest.fixture
def workshop(police, hospital, facilitator, colleague):
    colleague.role = "facilitator"
    colleague.save()
    people = [
        make_person(full_name=f"{NAMES[n % 6]} {SURNAMES[n // 6]}", agency=(police, hospital)[n % 2])
        for n in range(EXPECTED)
    ]
    return make_running(*people, facilitators=[facilitator.person, colleague.person], capacity=40)


def let_in_on_own_device(tab, user, live_server):
    client = Client()
    client.force_login(user)
    session = client.session
    session[OWN] = True
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


# What of a door is on the device; and its list, as it is on the day after the last session.
LISTS = """async () => {
    const { within } = await import('/static/lms/offline/store.js');
    const read = (store) =>
        new Promise((resolve) => (store.getAllKeys().onsuccess = (e) => resolve(e.target.result)));
    const lists = await within(['rosters'], 'readonly', read);
    return [...lists, ...(await caches.keys()).filter((name) => name.includes('-door-'))];
}"""
AGE = """async () => {
    const { within } = await import('/static/lms/offline/store.js');
    await within(['rosters'], 'readwrite', (store) => new Promise((resolve) => {
        store.getAll().onsuccess = ({ target: { result: [one] } }) => {
            one.list.until = new Date(Date.now() - 1000).toISOString();
            store.put(one).onsuccess = resolve;
        };
    }));
}"""


def lists_of(tab):
    return tab.evaluate(LISTS)


def row(tab, registration):
    return tab.locator(f"li[data-registration='{registration.uuid}']")


def tap(tab, registrations, what="present"):
    """One after the other, as fast as somebody can; each is waited for."""
    for registration in registrations:
        line = row(tab, registration)
        line.locator(f"button[data-tap={what}]").click()
        expect(line).not_to_have_attribute("data-state", "")


def walk_in(tab, name, **fields):
    if not tab.locator("#id_full_name").is_visible():
        tab.get_by_text("Walk-in", exact=True).first.click()
    tab.fill("#id_full_name", name)
    for field, value in fields.items():
        tab.fill(f"#id_{field}", value)
    tab.get_by_role("button", name="Add and mark as here").click()


def line_of(tab):
    return tab.locator("[data-part=waiting]")


def here(tab):
    return tab.locator("[data-part=here]")


def ready(tab):
    expect(tab.locator("[data-away][data-ready=yes]")).to_be_attached()


def test_two_devices_without_a_network(workshop, open_tab, live_server, facilitator, colleague):
    session = workshop.sessions.first()
    rows = list(Registration.objects.filter(workshop=workshop).order_by("row"))
    door = reverse("workshop_door", args=[workshop.uuid])
    one, other = open_tab(), open_tab()
    for tab, user in ((one, facilitator), (other, colleague)):
        let_in_on_own_device(tab, user, live_server)
        go(tab, door)
        tab.get_by_text("Without a network", exact=True).click()
        tab.get_by_role("button", name="Keep this list on this device").click()
        tab.get_by_role("link", name="Open the kept list").click()
        ready(tab)
        expect(here(tab)).to_have_text("0")
    # With the network each tap is sent at once, and the other device sees it when it asks
    tap(one, rows[:2])
    expect(row(one, rows[1])).to_have_attribute("data-state", "sent")
    other.get_by_role("button", name="Get the list again").click()
    expect(here(other)).to_have_text("2")

    # Both go on without
    for tab in (one, other):
        tab.context.set_offline(True)
    tap(one, rows[2:20])
    tap(other, rows[15:33])
    # Somebody meant another row; somebody came late; two who were met by both are told otherwise
    tap(one, [rows[4]], "undo")
    tap(one, [rows[4]], "late")
    tap(other, [rows[33]], "late")
    tap(other, [rows[2]], "absent")
    for n, tab in enumerate([one, one, one, other, other]):
        walk_in(tab, f"Walter Walker{'abcde'[n]}", agency_text="Owen King EU Hospital", service_number=f"W{n}")
    expect(here(one)).to_have_text("23")
    expect(row(one, rows[4])).to_have_attribute("data-presence", "late")
    expect(line_of(one)).to_contain_text("23 kept on this device, 2 sent.")
    expect(line_of(other)).to_contain_text("22 kept on this device, 0 sent.")
    assert AttendanceEvent.objects.count() == 2

    # Loaded again and killed: what was kept is there
    one.reload()
    ready(one)
    expect(here(one)).to_have_text("23")
    killed, context = other, other.context
    other = context.new_page()
    killed.close()
    other.goto(door)
    ready(other)
    expect(line_of(other)).to_contain_text("22 kept on this device, 0 sent.")
    expect(row(other, rows[20])).to_have_attribute("data-state", "kept")

    # The network is back, first for one
    context.set_offline(False)
    expect(line_of(other)).to_contain_text("0 kept on this device, 22 sent.")
    one.context.set_offline(False)
    expect(line_of(one)).to_contain_text("0 kept on this device, 25 sent.")
    for tab in (one, other):
        tab.get_by_role("button", name="Get the list again").click()
        expect(here(tab)).to_have_text("39")
        expect(tab.locator("[data-part=of]")).to_have_text("of 41 here")
        tab.set_viewport_size({"width": 360, "height": 740})
        assert_no_sideways_scroll(tab)
    assert_axe_clean(one)
    one.set_viewport_size({"width": 1280, "height": 900})
    assert_no_sideways_scroll(one)

    # Somebody who walked in is taken back and marked again, on the list as on the device
    walked = one.locator("li[data-registration]", has_text="Walter Walkerb")
    for what, presence in (("undo", ""), ("present", "present")):
        walked.locator(f"button[data-tap={what}]").click()
        expect(walked).to_have_attribute("data-presence", presence)
        expect(walked).to_have_attribute("data-state", "sent")

    # The record is closed: names do not stay on the device. Nor after the last day, whatever page is looked at
    Workshop.objects.filter(pk=workshop.pk).update(state=WorkshopState.CLOSED)
    one.get_by_role("button", name="Get the list again").click()
    expect(one.locator("[data-part=gone]")).to_be_visible()
    expect(one.locator("#said")).to_contain_text("record of this workshop is closed")
    assert lists_of(one) == []
    other.evaluate(AGE)
    other.goto(reverse("code_card"))
    other.wait_for_function(f"(async () => (await ({LISTS})()).length === 0)()")

    # Nothing lost and nothing twice
    stands = {one.registration.row: one.presence for one in Attendance.objects.filter(session=session)}
    expected = {one.row: "present" for one in rows[:33]} | {5: "late", 34: "late"}
    walked_in = Registration.objects.filter(workshop=workshop, walk_in_row__gt=0)
    assert {row: presence for row, presence in stands.items() if row} == expected
    assert sorted(one.person.full_name for one in walked_in) == [f"Walter Walker{one}" for one in "abcde"]
    assert Person.objects.filter(full_name__startswith="Walter").count() == WALK_INS
    assert Attendance.objects.filter(session=session).count() == 34 + WALK_INS
    assert AttendanceEvent.objects.count() == 25 + 22 + 2


def test_the_code_on_the_wall_without_a_network(police, open_tab, live_server, constable):
    workshop = make_running(constable.person, code="7KQ4")
    phone = open_tab()
    let_in(phone, constable, live_server)
    go(phone, reverse("check_in", args=["7KQ4"]))
    phone.context.set_offline(True)
    phone.get_by_role("button", name="I am here").click()

    kept = phone.locator("#wall-kept[data-state=kept]")
    expect(kept).to_contain_text("Kept on this device, not sent yet")
    expect(kept).to_contain_text("Your row on the sheet: 1")
    assert_axe_clean(phone)
    assert not AttendanceEvent.objects.exists()

    phone.context.set_offline(False)
    expect(phone.locator("#wall-kept[data-state=saved]")).to_contain_text("You are signed in")
    here = Attendance.objects.get(registration__workshop=workshop)
    assert (here.presence, AttendanceEvent.objects.count()) == ("unconfirmed", 1)

    # Typed by hand, it leads where it led before
    go(phone, reverse("check_in_start"))
    phone.fill("#id_code", "7kq4")
    phone.get_by_role("button", name="Go on").click()
    phone.wait_for_url("**/check-in/7kq4/")
    assert "You are signed in" in phone.inner_text("main")
