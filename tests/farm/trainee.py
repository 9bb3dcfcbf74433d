"""Somebody who takes whole quizzes through the proxy, and writes down what was acknowledged. No Django."""

import http.client
import re
import threading
import time
import uuid
from collections import namedtuple
from urllib.parse import urlencode

# An answer of which the site said that it has it. `last`: nothing was chosen after it.
Kept = namedtuple("Kept", "name attempt n option last")
GONE = (OSError, http.client.HTTPException)
# So long somebody tries again before giving up.
PATIENCE = 60
# Now and then somebody clicks twice.
DOUBLE_CLICK = 5
AWAY = (500, 502, 503, 504)


class GaveUp(Exception):
    """The site was away for too long, or answered what nobody expects."""


class Browser:
    """Cookies and forms. `send` tries again until the site answers; an answer has one name throughout."""

    def __init__(self, port, host):
        self.port, self.host = port, host
        self.cookies, self.retried, self.failed = {}, 0, {}

    def send(self, method, address, fields=None, *, port=None):
        """(status, headers, content)."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = self._once(method, address, fields, port or self.port)
            except GONE as error:
                self._note(type(error).__name__)
            else:
                if answer[0] not in AWAY:
                    return answer
                self._note(answer[0])
            self.retried += 1
            time.sleep(0.3)
        raise GaveUp(f"{method} {address}: away for {PATIENCE} s")

    def _note(self, what):
        self.failed[what] = self.failed.get(what, 0) + 1

    def _once(self, method, address, fields, port):
        server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {
            "Host": self.host,
            "Origin": f"https://{self.host}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            # As the proxy says it, for what is asked of one host directly.
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "198.51.100.7",
        }
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields})
        try:
            server.request(method, address, body, headers)
            answer = server.getresponse()
            content = answer.read()
            for one in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = one.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers, content
        finally:
            server.close()

    def sign_in(self, address, password, *, port=None):
        """The status: 302 when it opened."""
        self.send("GET", "/accounts/login/", port=port)
        fields = {"login": address, "password": password, "own_device": "yes"}
        return self.send("POST", "/accounts/login/", fields, port=port)[0]

    def may_enter(self, *, port=None):
        return self.send("GET", "/my/record/", port=port)[0] == 200


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
