"""Somebody who takes whole quizzes through the proxy, and writes down what was acknowledged. No Django."""

import re
import threading
import time
import uuid
from collections import namedtuple

from tests.insisting import Browser, GaveUp

# An answer of which the site said that it has it. `last`: nothing was chosen after it.
Kept = namedtuple("Kept", "name attempt n option last")
# Now and then somebody clicks twice.
DOUBLE_CLICK = 5


class Trainee(threading.Thread):
    """Takes each quiz once: a wrong choice first here and there, then the right one, then hands in.

    `options_of(attempt)`: [(right option, wrong option), ...] of its questions in order.
    """

    def __init__(self, port, host, user, password, quizzes, options_of, pause):
        super().__init__(daemon=True)
        self.browser = Browser(port, host)
        self.user, self.password, self.quizzes = user, password, quizzes
        self.options_of, self.pause = options_of, pause
        self.kept, self.sent, self.handed_in, self.trouble = [], set(), [], ""

    def run(self):
        try:
            # One whose answer got lost may have opened all the same: then the page sends home.
            self.browser.sign_in(self.user, self.password)
            if not self.browser.may_enter():
                raise GaveUp("could not sign in")
            for quiz in self.quizzes:
                self.take(quiz)
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def take(self, quiz):
        status, headers, _page = self.browser.send("POST", f"/quizzes/{quiz}/start/", {"name": "right"})
        found = re.search(r"/attempts/([0-9a-f-]{36})/", headers.get("Location", ""))
        if status != 302 or found is None:
            raise GaveUp(f"start: {status} {headers.get('Location', '')}")
        attempt = found[1]
        options = self.options_of(attempt)
        for n, (right, wrong) in enumerate(options, start=1):
            self.browser.send("GET", f"/attempts/{attempt}/{n}/")
            for option in [wrong, right] if n % 3 == 0 else [right]:
                self.answer(attempt, n, option, last=option == right, final=n == len(options))
        self.browser.send("POST", f"/attempts/{attempt}/submit/", {"confirmed": "yes"})
        status, _headers, _page = self.browser.send("GET", f"/attempts/{attempt}/result/")
        if status != 200:
            raise GaveUp(f"result: {status}")
        self.handed_in.append(attempt)

    def answer(self, attempt, n, option, *, last, final):
        name = str(uuid.uuid4())
        self.sent.add(name)
        fields = {"uuid": name, "a": option, **({"last": "1"} if final else {})}
        for _click in range(2 if len(self.sent) % DOUBLE_CLICK == 0 else 1):
            status, headers, _page = self.browser.send("POST", f"/attempts/{attempt}/{n}/", fields)
        if status != 302 or f"/attempts/{attempt}/" not in headers.get("Location", ""):
            raise GaveUp(f"answer {n}: {status} {headers.get('Location', '')}")
        self.kept.append(Kept(name, attempt, n, option, last))
        time.sleep(self.pause)
