"""Takes the pictures of the guides from a demo that is being served: make run, then

.venv/bin/python docs/pictures/take.py http://127.0.0.1:8000
"""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PASSWORD = "learn-and-protect"  # noqa: S105 - the demo's
DESKTOP, PHONE = {"width": 1100, "height": 720}, {"width": 390, "height": 760}
TABLET = {"width": 1000, "height": 700}


def table_top(desk, site):
    """The debrief of the tables that the demo's first workshop played."""
    desk.goto(site + "/workshops/?when=past")
    desk.click("main a:has-text('First contact and referral')")
    desk.click("nav.day a:has-text('Table-top')")
    desk.click("main a:has-text('Debrief')")
    shoot(desk, "table-top")


def take(browser, site):
    trainee = sign_in(browser, site, "health@example.org", PHONE)
    course = "/courses/identify-refer-protect/"
    trainee.goto(site + course)
    if trainee.locator("text=Start this course").count():
        trainee.click("text=Start this course")
    trainee.goto(site + course + "act-means-purpose/")
    shoot(trainee, "lesson")
    trainee.goto(site + course)
    trainee.click("text=Check: What trafficking is")
    trainee.click("main form .btn")
    shoot(trainee, "question")
    trainee.set_viewport_size(DESKTOP)
    trainee.goto(site)
    shoot(trainee, "home")
    trainee.goto(site + "/my/record/name/")
    if trainee.locator("[name=wanted]").count():
        trainee.fill("[name=wanted]", "Shanelle Marie-Joseph")
        trainee.click("main form button.btn")

    desk = sign_in(browser, site, "focal.point@example.org", DESKTOP)
    desk.goto(site + "/admin/")
    shoot(desk, "desk")
    desk.goto(site + "/admin/snippets/courses/bankquestion/")
    shoot(desk, "questions")
    desk.goto(site + "/admin/people/")
    desk.click("main table td.title a")
    desk.wait_for_load_state()
    shoot(desk, "person")
    desk.goto(site + "/admin/new/")
    shoot(desk, "new")
    desk.goto(site + "/admin/name-corrections/")
    shoot(desk, "corrections")

    figures(desk, site)
    hand_over(desk, site)
    table_top(desk, site)

    lesson = editor_of(desk, site, "Citizens abroad")
    desk.goto(lesson)
    desk.click("[data-side-panel-toggle=checks]")
    desk.wait_for_timeout(1500)
    shoot(desk, "editor")
    desk.set_viewport_size(PHONE)
    desk.goto(lesson.replace("/pages/", "/share/").replace("/edit/", "/"))
    shoot(desk, "live")
    check = editor_of(desk, site, "Check: What trafficking is")
    desk.goto(check.replace("/pages/", "/try/").replace("/edit/", "/"))
    desk.click("main form .btn")
    shoot(desk, "try")

    desk.set_viewport_size(DESKTOP)
    desk.goto(editor_of(desk, site, "The guest-house raid").replace("/edit/", "/view_draft/"))
    desk.locator("figure.map").screenshot(path=HERE / "case-map.png")

    workshop_day(browser, site)
    own_telephone(browser, site)

    public = browser.new_page(viewport=PHONE)
    public.goto(site + "/verify/")
    shoot(public, "check")


def hand_over(desk, site):
    """Begun by the focal point, and given up: the demo stays as it is."""
    desk.goto(site + "/admin/hand-over/begin/")
    desk.fill("[name=address]", "facilitator@example.org")
    desk.fill("[name=both_until]", date.today().isoformat())
    desk.click("main form button[type=submit]")
    desk.wait_for_load_state()
    shoot(desk, "hand-over")
    desk.click("text=Give up…")
    desk.click("main form button[type=submit]")
    desk.wait_for_load_state()


def figures(desk, site):
    """Of last year."""
    last_year = f"calendar-{date.today().year - 1}"
    desk.goto(f"{site}/reports/overview/?period={last_year}")
    shoot(desk, "overview")
    desk.goto(f"{site}/reports/packs/")
    with desk.expect_navigation():
        desk.click("main form[method=post] button.btn")
    shoot(desk, "pack")


def workshop_day(browser, site):
    """The demo's workshop of today: its page, its door, its sheet. Take them before one in the afternoon:
    whoever is tapped later is late."""
    office = sign_in(browser, site, "focal.point@example.org", TABLET)
    office.goto(site + "/workshops/")
    office.click("text=Interviewing with care")
    office.wait_for_load_state()
    shoot(office, "workshop")
    workshop = office.url

    door = sign_in(browser, site, "facilitator@example.org", PHONE)
    door.goto(workshop + "door/")
    door.click(".chips li:last-child a")  # the afternoon
    for _ in range(9 - door.locator(".rows .tag.here").count()):
        with door.expect_navigation():
            door.locator(".rows button[value^=present]").last.click()
    shoot(door, "door")

    sheet = office.request.get(workshop + "ready/sheet-1.pdf").body()
    draw = ["pdftoppm", "-r", "77", "-gray", "-png", "-singlefile", "-", str(HERE / "sign-in-sheet")]
    subprocess.run(draw, input=sheet, check=True)  # noqa: S603 - our own sheet


def own_telephone(browser, site):
    """A course that is kept, and the card."""
    nurse = sign_in(browser, site, "health@example.org", PHONE, own="yes")
    nurse.goto(site + "/card/")
    shoot(nurse, "card")
    nurse.goto(site + "/courses/identify-refer-protect/save/")
    nurse.click("#go")
    nurse.wait_for_selector("#open:visible", timeout=120_000)
    nurse.goto(site + "/my/downloads/")
    nurse.wait_for_selector("#kept .card")
    shoot(nurse, "downloads")


def sign_in(browser, site, email, viewport, own="no"):
    page = browser.new_context(viewport=viewport).new_page()
    page.goto(site + "/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.check(f"[name=own_device][value={own}]")
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    return page


def editor_of(desk, site, title):
    """The address at which this page is written."""
    desk.goto(f"{site}/admin/pages/search/?q={quote(title)}")
    return site + desk.get_attribute(f"main td.title a:has-text('{title}')", "href")


def shoot(page, name):
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-headless-shell"),
            args=["--no-sandbox"],
        )
        take(browser, sys.argv[1].rstrip("/"))
