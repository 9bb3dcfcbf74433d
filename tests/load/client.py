"""A signed-in browser that notes how long each request took and whether it got what it asked for. No Django."""

import gzip
import http.client
import json
import threading
import time
from collections import namedtuple
from urllib.parse import urlencode

from tests.production import CSRF, SESSION, headers_of

# `seconds` from when it was due: what waits for a server that is behind has waited.
# `size`: of the answer as it went over the line, in bytes.
Took = namedtuple("Took", "what seconds trouble size", defaults=(0,))
TOKEN = "t" * 32


class Log:
    def __init__(self):
        self.rows, self.lock = [], threading.Lock()

    def add(self, row):
        with self.lock:
            self.rows.append(row)

    def expect(self, what, truth, said):
        if not truth:
            self.add(Took(what, 0, f"not as expected: {said!r:.200}"))

    def of(self, *whats):
        return [row for row in self.rows if row.what in whats]

    @property
    def trouble(self):
        return [f"{row.what}: {row.trouble}" for row in self.rows if row.trouble]


class Client:
    def __init__(self, port, host, log, session=""):
        self.port, self.host, self.log = port, host, log
        self.cookies = {CSRF: TOKEN, **({SESSION: session} if session else {})}

    def ask(self, what, address, fields=None, *, raw=None, wanted=200, due=None):
        """(the address it leads to, its content). `fields` are sent as a form, `raw` as JSON."""
        began = due or time.monotonic()
        try:
            status, leads_to, content, size = self._once(address, fields, raw)
        except (OSError, http.client.HTTPException) as error:
            status, leads_to, content, size = repr(error), "", b"", 0
        trouble = "" if status == wanted else f"{status} {leads_to} for {address}"
        self.log.add(Took(what, time.monotonic() - began, trouble, size))
        return leads_to, content

    def _once(self, address, fields, raw):
        headers = headers_of(self.host, self.cookies) | {"X-CSRFToken": TOKEN, "Accept-Encoding": "gzip"}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        elif raw is not None:
            headers["Content-Type"], body = "application/json", json.dumps(raw)
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            server.request("GET" if body is None else "POST", address, body, headers)
            answer = server.getresponse()
            content = answer.read()
            size = len(answer.headers.as_bytes()) + len(content)
            for one in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = one.split(";")[0].partition("=")
                if name != CSRF:
                    self.cookies[name] = value
            if answer.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            return answer.status, answer.headers.get("Location", ""), content, size
        finally:
            server.close()
