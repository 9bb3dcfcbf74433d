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
def opened(size):
    """The site on the database that is connected, a proxy for each of two devices, and a browser."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quizzes = world.build(size)
    # Preloaded, so that a worker that was killed is there again at once.
    with Served(workers=2, more=["--preload"]) as served, sync_playwright() as playwright:
        proxies = [Proxy(served.port, served.kill_worker) for _ in range(2)]
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield SimpleNamespace(
                quizzes=quizzes,
                proxies=proxies,
                chromium=playwright.chromium,
                browser=browser,
                served=served,
                stranger=world.Taker(quizzes[world.CHECK]),
            )
        finally:
            browser.close()
            for proxy in proxies:
                proxy.stop()
