"""A workshop's whole day: 41 people, two facilitators' devices, 38 certificates in one PDF."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from certificates.models import Certificate
from courses.attendance.listing import LEAVING
from courses.attendance.models import Attendance, AttendanceEvent
from courses.people.cards import issue_card
from courses.workshops.models import Registration
from courses.workshops.registering import give_rows
from courses.workshops.wall_codes import give_wall_codes
from tests.browser import assert_good_page, go, let_in, press
from tests.factories import make_person, make_registration, make_user, make_workshop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Five past nine on a Thursday in Castries.
MORNING = datetime(2026, 12, 3, 13, 5, tzinfo=UTC)
EXPECTED, WALK_INS = 36, 5


@pytest.fixture
def day():
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


@pytest.fixture
def workshop(day, police, hospital, facilitator, colleague):
    """Begun five minutes ago: two sessions, 36 people on the sheet, of whom two have no e-mail address."""
    give_role_of_facilitator(colleague)
    workshop = make_workshop(
        title="Interviewing with care",
        starts_at=MORNING - timedelta(minutes=5),
        facilitators=[facilitator.person, colleague.person],
        capacity=40,
    )
    for n in range(EXPECTED):
        agency = (police, hospital)[n % 2]
        person = make_person(
            full_name=f"{NAMES[n % 6]} {SURNAMES[n // 6]}", agency=agency, service_number=f"S{n}"
        )
        if n > 1:
            make_user(email=f"p{n}@example.org", person=person)
        make_registration(workshop, person)
    give_rows(workshop)
    give_wall_codes(workshop)
    return workshop


NAMES = ["Ann", "Benoît", "Chantal", "Desmond", "Éloïse", "Fabian"]
SURNAMES = ["Alcide", "Baptiste", "Charlery", "Du Boulay", "Emmanuel", "Jn. Marie"]


def give_role_of_facilitator(user):
    user.role = "facilitator"
    user.save()


def words_of(tab):
    return " ".join(tab.inner_text("main").split())


def count(tab):
    """The large figure at the door: (here, of)."""
    words = tab.inner_text(".tally").split()
    return int(words[0]), int(words[2])


def tap(tab, registration, what="present"):
    press(tab, f"button[value='{what} {registration.uuid}']")


def walk_in(tab, workshop, name, agency, number):
    go(tab, reverse("workshop_door", args=[workshop.uuid]))
    press(tab, tab.get_by_role("link", name="Walk-in", exact=True))
    tab.fill("[name=full_name]", name)
    tab.select_option("[name=agency]", label=agency)
    tab.fill("[name=service_number]", number)
    press(tab)


def test_the_day_of_41_people(workshop, day, open_tab, live_server, facilitator, colleague, focal_point):
    morning, afternoon = workshop.sessions.all()
    rows = list(Registration.objects.filter(workshop=workshop).select_related("person__user").order_by("row"))
    door = reverse("workshop_door", args=[workshop.uuid])

    # Two sign in by the code on the wall: one with a log-in, one with a code card and no e-mail address
    by_card = next(one for one in rows if not hasattr(one.person, "user"))
    by_phone = next(one for one in rows if hasattr(one.person, "user"))
    card = issue_card(by_card.person, actor=focal_point, at=MORNING)
    phone = open_tab(js=False)
    let_in(phone, by_phone.person.user, live_server)
    go(phone, reverse("check_in", args=[morning.wall_code]))
    press(phone)
    assert "You are signed in" in words_of(phone)
    other_phone = open_tab()
    go(other_phone, reverse("code_card"))
    other_phone.fill("[name=number]", by_card.person.service_number)
    other_phone.fill("[name=code]", card)
    other_phone.check("[name=own_device][value=no]")
    press(other_phone)
    go(other_phone, reverse("check_in", args=[morning.wall_code]))
    press(other_phone)
    assert "You are signed in" in words_of(other_phone)

    # A forwarded photograph: it counts nothing before the room is confirmed
    one_door, other_door = open_tab(), open_tab(js=False)
    let_in(one_door, facilitator, live_server)
    let_in(other_door, colleague, live_server)
    go(one_door, door)
    assert count(one_door) == (0, EXPECTED)
    assert_good_page(one_door)
    press(one_door, one_door.get_by_role("link", name="Confirm the room: 2 people"))
    press(one_door)
    go(one_door, door)
    assert count(one_door) == (2, EXPECTED)

    # Two devices at once: one taps names, the other scans; some people are met by both
    rest = [one for one in rows if one not in (by_card, by_phone)]
    tapped, scanned = rest[:20], rest[15:33]
    for n, registration in enumerate(tapped):
        if n < len(scanned):
            go(other_door, reverse("check_in_person", args=[scanned[n].uuid]))
            if other_door.locator("button[value=present]").count():
                press(other_door, "button[value=present]")
        go(one_door, f"{door}?q={registration.row}")
        if one_door.locator(f"button[value='present {registration.uuid}']").count():
            tap(one_door, registration)

    # Five walk in
    for n in range(WALK_INS):
        tab = (one_door, other_door)[n % 2]
        walk_in(tab, workshop, f"Walter Walker{'abcde'[n]}", "Owen King EU Hospital", f"W{n}")
    go(one_door, door)
    # One of the sheet did not come
    assert count(one_door) == (40, 41)

    # The afternoon: copied, then two left
    day.shift(timedelta(hours=4))
    let_in(one_door, facilitator, live_server)
    go(one_door, f"{door}?session={afternoon.pk}")
    press(one_door, one_door.get_by_role("button", name="Copy the session"))
    assert count(one_door) == (40, 41)
    left = rest[:2]
    for registration in left:
        go(one_door, f"{door}?session={afternoon.pk}&show={LEAVING}&q={registration.row}")
        tap(one_door, registration, "left")
    go(one_door, f"{door}?session={afternoon.pk}")
    assert count(one_door) == (38, 41)

    # Nothing lost and nothing twice
    assert Attendance.objects.filter(session=morning).count() == 40
    assert AttendanceEvent.objects.filter(session=morning, method="name").count() == len(tapped)

    # The evening: closed, then from the workshop to the PDF in at most eight clicks
    day.shift(timedelta(hours=4))
    desk = open_tab(width=1200)
    let_in(desk, focal_point, live_server)
    go(desk, reverse("workshop_after", args=[workshop.uuid]))
    press(desk, desk.get_by_role("button", name="Close the workshop"))
    go(desk, reverse("workshop", args=[workshop.uuid]))
    clicks = 0
    press(desk, desk.locator("nav.day").get_by_role("link", name="Certificates"))
    clicks += 1
    page = words_of(desk)
    assert "Meet the rule (38)" in page
    assert "Do not meet it (3)" in page
    assert page.count("1 of 2 sessions") == 2
    assert page.count("0 of 2 sessions") == 1
    press(desk, desk.get_by_role("link", name="Check the names"))
    clicks += 1
    # The task runs at once here, and draws them all.
    desk.context.set_default_timeout(120_000)
    press(desk, desk.locator("main form button.btn").last)
    clicks += 1
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download for the printer (PDF)").click()
    clicks += 1
    assert clicks <= 8
    pages = PdfReader(download.value.path()).pages
    numbers = list(Certificate.objects.order_by("number").values_list("number", flat=True))
    assert len(pages) == len(numbers) == 38
    printed = " ".join(page.extract_text() for page in pages)
    assert all(number in printed for number in numbers)
    assert [one.person.full_name for one in left if one.person.certificates.exists()] == []
