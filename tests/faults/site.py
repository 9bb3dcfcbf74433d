"""Everything the runs share: the served site, the networks, the browser."""

import os
from contextlib import contextmanager
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from tests.browser import FLAGS, program
from tests.faults import world
from tests.faults.proxy import Proxy
from tests.served import Served


@contextmanager
def opened(size, browser):
    """The site on the database that is connected, and a proxy for each of two devices."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quizzes = world.build(size)
    # Preloaded, so that a worker that was killed is there again at once.
    with Served(workers=2, more=["--preload"]) as served:
        proxies = [Proxy(served.port, served.kill_worker) for _ in range(2)]
        try:
            yield SimpleNamespace(
                quizzes=quizzes,
                proxies=proxies,
                chromium=browser.browser_type,
                browser=browser,
                stranger=world.Taker(quizzes[world.CHECK]),
            )
        finally:
            for proxy in proxies:
                proxy.stop()


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
