"""A browser of somebody who does not give up: it tries again until the site answers. No Django."""

import http.client
import json
import time
from urllib.parse import urlencode

from tests.production import CSRF, headers_of

GONE = (OSError, http.client.HTTPException)
# So long somebody tries again before giving up.
PATIENCE = 60
AWAY = (500, 502, 503, 504)
BOUNDARY = "a-part-ends-here"


class GaveUp(Exception):
    """The site was away for too long, or answered what nobody expects."""


class Browser:
    """Cookies and forms. `send` tries again until the site answers; an answer has one name throughout."""

    patience = PATIENCE

    def __init__(self, port, host):
        self.port, self.host = port, host
        self.cookies, self.retried, self.failed = {}, 0, {}

    def send(self, method, address, fields=None, *, raw=None, file=None, port=None):
        """(status, headers, content). `fields` are sent as a form, with `file`, (its field, its content); `raw`
        as JSON."""
        kind, body = self._body(fields, raw, file)
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            try:
                answer = self._once(method, address, kind, body, port or self.port)
            except GONE as error:
                self._note(type(error).__name__)
            else:
                if answer[0] not in AWAY:
                    return answer
                self._note(answer[0], answer)
            self.retried += 1
            time.sleep(0.3)
        raise GaveUp(f"{method} {address}: away for {self.patience} s")

    def _note(self, what, answer=None):
        self.failed[what] = self.failed.get(what, 0) + 1

    @property
    def _token(self):
        return self.cookies.get(CSRF, "")

    def _body(self, fields, raw, file):
        """(its type, the body), or (None, None)."""
        if raw is not None:
            return "application/json", json.dumps(raw).encode()
        if fields is None:
            return None, None
        fields = {"csrfmiddlewaretoken": self._token, **fields}
        if file is None:
            return "application/x-www-form-urlencoded", urlencode(fields).encode()
        parts = [_part(f'name="{name}"', str(value).encode()) for name, value in fields.items()]
        parts.append(_part(f'name="{file[0]}"; filename="file"', file[1]))
        return f"multipart/form-data; boundary={BOUNDARY}", b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])

    def _once(self, method, address, kind, body, port):
        server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = headers_of(self.host, self.cookies)
        if kind is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self._token}
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


def _part(disposition, content):
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + content + b"\r\n"
