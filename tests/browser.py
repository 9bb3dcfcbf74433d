"""Real headless Chromium for the journeys: fixtures and what a good page must pass.

`visit` is a tab on a telephone with JavaScript; `visit_without_js` the same without.
"""

import os
import shutil
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from tests.factories import PASSWORD

WIDTHS = (320, 1200)
# A step of the design between two widths is none for axe.
NARROWEST, WIDEST = WIDTHS[0], WIDTHS[-1]
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Every process and guess that a browser makes for its user's comfort costs processor time.
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,PaintHolding,Translate,BackForwardCache,Prerender2,"
    "SpareRendererForSitePerProcess,OptimizationHints,MediaRouter,AutofillServerCommunication,RenderDocument",
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def program():
    """The path of Debian's Chromium: the shell without a screen where it is installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)))


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_kept():
    """As on a real site: else a browser asks for every style sheet and script again on every page."""
    serve = StaticFilesHandler.serve

    def serve_and_keep(handler, request):
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with mock.patch.object(StaticFilesHandler, "serve", serve_and_keep):
        yield


@pytest.fixture(scope="session")
def browser():
    # Playwright's synchronous API keeps an event loop in this thread, and Django would
    # refuse the ORM beside it. Nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield browser
        browser.close()


def new_tab(browser, live_server, **options):
    """A tab with cookies of its own; what it complains of is in `tab.complaints`.

    The service worker is left out where a journey is not about it: it makes each page a little slower, and
    what a test puts in place of the network does not reach it.
    """
    options.setdefault("viewport", {"width": 360, "height": 740})
    options.setdefault("service_workers", "block")
    context = browser.new_context(base_url=live_server.url, **options)
    context.set_default_timeout(15_000)
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: _complain(tab, message))
    tab.on("pageerror", lambda error: tab.complaints.append(f"error: {error}"))
    own = urlsplit(live_server.url).netloc
    tab.on(
        "request",
        lambda request: (
            urlsplit(request.url).scheme in ("http", "https")
            and urlsplit(request.url).netloc != own
            and tab.complaints.append(f"asked another host: {request.url}")
        ),
    )
    return tab


# A 4xx answer to a form is told on the console too, and so is a service worker that cannot be asked for
# without a network, or was left out; journeys look at the page itself.
OF_THE_NETWORK = (
    "Failed to load resource",
    "unknown error occurred when fetching the script",
    "Service Worker registration blocked",
    # Wagtail's own, broken off when the editor is left.
    "/admin/editing-sessions/ping/",
)


def _complain(tab, message):
    if message.type in ("error", "warning") and not any(words in message.text for words in OF_THE_NETWORK):
        tab.complaints.append(f"console {message.type}: {message.text}")


@pytest.fixture
def open_tab(browser, live_server, request):
    """open_tab(js=False, width=1200, …) opens another tab with cookies of its own. Tests marked `worker`
    have the service worker."""
    opened = []
    workers = "allow" if request.node.get_closest_marker("worker") else "block"

    def open_tab(*, js=True, width=360, **options):
        options.setdefault("viewport", {"width": width, "height": 740})
        options.setdefault("service_workers", workers)
        opened.append(new_tab(browser, live_server, java_script_enabled=js, **options))
        return opened[-1]

    yield open_tab
    complaints = [complaint for tab in opened for complaint in tab.complaints]
    for tab in opened:
        tab.context.close()
    assert complaints == []


@pytest.fixture
def visit(open_tab):
    return open_tab()


@pytest.fixture
def visit_without_js(open_tab):
    return open_tab(js=False)


# --- Signing in -------------------------------------------------------------------------


def sign_in(tab, user, password=PASSWORD, own_device=False):
    """By the form, as people do."""
    go(tab, reverse("account_login"))
    tab.fill("[name=login]", user if isinstance(user, str) else user.email)
    tab.fill("[name=password]", password)
    tab.check(f"[name=own_device][value={'yes' if own_device else 'no'}]")
    press(tab, "main button[type=submit]")


def let_in(tab, user, live_server):
    """By the cookie alone, where signing in is not what is tested."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def go(tab, address):
    """Open a page that must be there: a good-looking error page would pass all the rest."""
    answer = tab.goto(address)
    assert answer.status == 200, f"{address}: {answer.status}"


def press(tab, what="main form button.btn"):
    """Press what leads to another page, and be there: the button of the form, or the locator given.

    A look at the load state alone may still see the page that was left.
    """
    with tab.expect_navigation():
        (tab.locator(what) if isinstance(what, str) else what).click()


# --- What every page must pass ----------------------------------------------------------


# What is asked for alone: an answer with all that passes takes longer to hand over than to find. A message that
# is still fading in has the colours of nobody's choice: what moves is brought to its end first.
ASK_AXE = """async rules => {
    document.getAnimations()
        .filter(one => one.effect.getComputedTiming().endTime !== Infinity)
        .forEach(one => one.finish());
    const found = await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
    return found.violations.flatMap(problem => problem.nodes.map(
        node => [problem.id, node.target.flat().join(' '), node.html.slice(0, 200)]));
}"""


def barriers(tab):
    """What axe finds against WCAG 2.2 AA on the page as it is shown now: [[rule, selector, HTML], ...]."""
    tab.wait_for_load_state()
    # Evaluated by the browser's own door, so that the page's content policy stays in force.
    if not tab.evaluate("typeof window.axe !== 'undefined'"):
        tab.evaluate(AXE)
        tab.add_init_script(AXE)  # is there already on the tab's next page, without being sent again
    return tab.evaluate(ASK_AXE, RULES)


def assert_axe_clean(tab, known=()):
    """axe finds no barrier but the `known`: (rule, part of the selector), ..."""
    found = [
        (rule, where, html)
        for rule, where, html in barriers(tab)
        if not any(rule == each and part in where for each, part in known)
    ]
    assert found == [], tab.url


def assert_no_sideways_scroll(tab):
    """Nothing sticks out to the right of the window."""
    tab.wait_for_load_state()
    wide = tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if wide[0] > wide[1]:
        culprits = tab.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
        )
        pytest.fail(f"{tab.url} is {wide[0]} wide in a window of {wide[1]}: {culprits}")


def assert_good_desk_page(tab, js):
    """The page as it is now, on a desk and on a telephone. Without script (`js`) nothing can be looked for."""
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 800})
        if js:
            assert_no_sideways_scroll(tab)
            assert_axe_clean(tab)
    tab.set_viewport_size({"width": 1280, "height": 800})


def assert_good_page(tab, axe=(NARROWEST, WIDEST)):
    """Nothing sticks out at any width, and axe is content at those given; the window is put back afterwards."""
    before = tab.viewport_size
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 740})
        assert_no_sideways_scroll(tab)
        if width in axe:
            assert_axe_clean(tab)
    tab.set_viewport_size(before)


def tab_order(tab, count=50):
    """What the Tab key reaches, in order: the names of links, buttons and fields."""
    names = []
    tab.evaluate("document.activeElement && document.activeElement.blur()")
    for _ in range(count):
        tab.keyboard.press("Tab")
        name = tab.evaluate(
            """() => { const e = document.activeElement;
                if (e === document.body) return '';
                return (e.innerText || e.getAttribute('aria-label') || e.name || '').trim() }"""
        )
        if not name or name in names[:1]:
            break
        names.append(name)
    return names
