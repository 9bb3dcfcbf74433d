"""A browser of somebody who does not give up: it tries again until the site answers. No Django."""

import http.client
import time
from urllib.parse import urlencode

GONE = (OSError, http.client.HTTPException)
# So long somebody tries again before giving up.
PATIENCE = 60
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
