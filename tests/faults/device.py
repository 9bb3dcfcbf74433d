"""A telephone: a browser with a network of its own, whose tabs tell what they show."""

import contextlib
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error

from tests.browser import FLAGS, program

OBSERVER = (Path(__file__).parent / "observer.js").read_text()
SCREEN = {"width": 360, "height": 740}
PATIENCE = 4_000


class Device:
    """`browser` is shared by many runs; without one it has a browser and a profile of its own, which can
    be killed. `told` is called with what a page shows."""

    def __init__(self, name, *, proxy, told, chromium, browser=None, clock=0):
        self.name, self.proxy, self.told, self.chromium, self.clock = name, proxy, told, chromium, clock
        self.session, self.tabs, self.is_cut_off = None, [], False
        self.profile = None if browser else Path(tempfile.mkdtemp(prefix="faults-"))
        if browser:
            self._dress(browser.new_context(viewport=SCREEN, base_url=proxy.url))
        else:
            self._start()

    def _start(self):
        self._dress(
            self.chromium.launch_persistent_context(
                self.profile, executable_path=program(), args=FLAGS, viewport=SCREEN, base_url=self.proxy.url
            )
        )

    def _dress(self, context):
        self.context = context
        context.set_default_timeout(PATIENCE)
        context.expose_binding("faultsReport", lambda source, report: self.told(self.name, report))
        clock = f"localStorage.getItem('faults-shift') ?? localStorage.setItem('faults-shift', {self.clock});"
        context.add_init_script(f"try {{ {clock} }} catch {{}}\n{OBSERVER}")
        self.tabs = list(context.pages)
        if not self.tabs:
            self.open_tab()

    @property
    def tab(self):
        """The one in front."""
        return self.tabs[-1]

    def open_tab(self):
        self.tabs.append(self.context.new_page())

    def kill_tab(self):
        """It is gone before it can do anything more; another is opened."""
        gone = self.tabs.pop()
        self.open_tab()
        gone.close(run_before_unload=False)

    def kill_browser(self):
        """All of its processes die at once; it is opened again with what its disk has."""
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while self._processes():
            time.sleep(0.01)
        with contextlib.suppress(Error):
            self.context.close()
        (self.profile / "SingletonLock").unlink(missing_ok=True)
        self._start()
        self.cut_off(self.is_cut_off)

    def _processes(self):
        """Of this browser alone: those that were started with its profile."""
        mark = f"--user-data-dir={self.profile}".encode()
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _is_of(pid, mark)]

    def let_in(self, session):
        """Signed in anew: the cookie alone."""
        self.session = session
        # Another run's device has the same host.
        self.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": self.proxy.url, "expires": time.time() + 86400}]
        )

    def cut_off(self, off=True):
        self.is_cut_off = off
        self.proxy.is_off = off
        self.context.set_offline(off)

    def move_clock(self, milliseconds):
        """For every page from now on, and for those that are open."""
        self.clock = milliseconds
        with contextlib.suppress(Error):
            self.tab.evaluate("shift => localStorage.setItem('faults-shift', shift)", milliseconds)

    def ask(self, what, *values):
        """window.faults.<what>(…) of the tab in front; None where the page is none of ours, or is leaving."""
        try:
            return self.tab.evaluate(f"values => window.faults?.{what}(...values)", list(values))
        except Error:
            return None

    def go(self, path):
        try:
            answer = self.tab.goto(path, wait_until="domcontentloaded")
        except Error:
            return None
        return answer.status if answer else None

    def rest(self, seconds=0.02):
        try:
            self.tab.wait_for_timeout(seconds * 1000)
        except Error:
            time.sleep(seconds)

    def close(self):
        with contextlib.suppress(Error):
            self.context.close()
        if self.profile:
            shutil.rmtree(self.profile, ignore_errors=True)


def _is_of(pid, mark):
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rsplit(b") ", 1)[1][:1]
        return state != b"Z" and mark in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
