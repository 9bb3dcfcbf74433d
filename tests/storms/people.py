"""Who uses the site while storms go over it: trainees, a facilitator at the door, the desk. No Django.

Each sends the same again until the site answers, and writes into the ledger what it was told.
"""

import hashlib
import itertools
import json
import queue
import re
import threading
import time
import uuid
from datetime import UTC, datetime

from tests.insisting import Browser, GaveUp
from tests.production import CSRF, HOST, SESSION

TOKEN = "t" * 32
TAKEN = {"accepted", "duplicate", "superseded"}
PHOTOS_OF_A_WORKSHOP = 40


class Visitor(Browser):
    """Notes under which storm a request failed, and how long it took until it was answered."""

    patience = 150

    def __init__(self, port, session, ledger):
        super().__init__(port, HOST)
        self.cookies = {CSRF: TOKEN, SESSION: session}
        self.ledger, self._since = ledger, None

    def send(self, *args, **kwargs):
        answer = super().send(*args, **kwargs)
        if self._since:
            storm, began = self._since
            self.ledger.waited(storm, time.monotonic() - began)
            self._since = None
        return answer

    def _once(self, *args):
        self._tried = time.monotonic()
        return super()._once(*args)

    def _note(self, what, answer=None):
        super()._note(what)
        self._since = self._since or (self.ledger.storm, self._tried)
        self.ledger.fails(self.ledger.storm, what)
        if what == 503 and not is_civil(*answer[1:]):
            self.ledger.uncivil.append(f"{answer[1].items()} {answer[2][:200]!r}")

    def wants(self, status, method, address, fields=None, **more):
        """The address it leads to, and its content; anything but `status` ends the visit."""
        found, headers, content = self.send(method, address, fields, **more)
        if found != status or "/accounts/login" in headers.get("Location", ""):
            raise GaveUp(f"{method} {address}: {found} {headers.get('Location', '')}")
        return headers.get("Location", ""), content.decode()


def is_civil(headers, content):
    """Says when to come again, in words or as scripts know it, and is not kept."""
    words = b"come again" in content or content == b'{"error": "busy"}'
    return headers.get("Retry-After", "").isdigit() and words


class _Person(threading.Thread):
    """Does the same over and over until it is told to stop."""

    def __init__(self, house, ledger, pause):
        super().__init__(daemon=True)
        self.house, self.ledger, self.pause = house, ledger, pause
        self.stopping = threading.Event()

    def run(self):
        try:
            for _step in self.steps():
                if self.stopping.wait(self.pause):
                    return
        except Exception as error:
            self.ledger.troubles.append(f"{type(self).__name__}: {type(error).__name__}: {error}")

    def visitor(self, session):
        return Visitor(self.house.port, session, self.ledger)


class Trainee(_Person):
    """One after the other of the people who wait in `waiting`: a registration, the lessons, two tests.

    Every second one answers as a device does that keeps answers and sends them later.
    """

    def __init__(self, house, ledger, pause, site, waiting):
        super().__init__(house, ledger, pause)
        self.site, self.waiting = site, waiting

    def steps(self):
        while True:
            try:
                one = self.waiting.get_nowait()
            except queue.Empty:
                return
            yield from self.walk(one, self.visitor(one.session))

    def walk(self, one, visitor):
        names = [("registration", one.uuid), ("letter", one.uuid)]
        self.ledger.sends(*names)
        visitor.wants(302, "POST", f"/workshops/{self.site.coming}/register/", {})
        self.ledger.keeps((names[0], "registered"), (names[1], "sent"))
        yield
        for lesson, address in self.site.lessons:
            name = ("lesson", f"{one.uuid} {lesson}")
            self.ledger.sends(name)
            visitor.wants(302, "POST", address, {})
            self.ledger.keeps((name, "done"))
            yield
        for quiz in self.site.quizzes:
            yield from self.take(one, visitor, quiz)

    def take(self, one, visitor, quiz):
        name = ("attempt", f"{one.uuid} {quiz}")
        self.ledger.sends(name)
        leads_to, _page = visitor.wants(302, "POST", f"/quizzes/{quiz}/start/", {"name": "right"})
        found = re.search(r"/attempts/([0-9a-f-]{36})/", leads_to)
        if found is None:
            raise GaveUp(f"start: {leads_to}")
        attempt = found[1]
        self.ledger.keeps((name, attempt))
        yield
        for n in range(1, self.site.questions + 1):
            _where, page = visitor.wants(200, "GET", f"/attempts/{attempt}/{n}/")
            option = next(value for value in re.findall(r'value="([^"]+)"', page) if value in self.site.right)
            self.answer(one, visitor, attempt, n, option)
            yield
        name, due = ("hand-in", attempt), ("certificate", one.uuid)
        is_final = quiz == self.site.quizzes[-1]
        self.ledger.sends(name, *([due] if is_final else []))
        visitor.wants(302, "POST", f"/attempts/{attempt}/submit/", {"confirmed": "yes"})
        # All was answered rightly, so less would mean that an answer did not count.
        self.ledger.keeps((name, "100"), *([(due, "drawn")] if is_final else []))
        yield

    def answer(self, one, visitor, attempt, n, option):
        name = ("answer", str(uuid.uuid4()))
        self.ledger.sends(name)
        if one.by_device:
            said = {"attempt": attempt, "n": n, "fields": {"a": [option]}}
            send_items(visitor, one, [_item("answer", name[1], **said)])
        else:
            fields = {"uuid": name[1], "a": option, **({"last": "1"} if n == self.site.questions else {})}
            visitor.wants(302, "POST", f"/attempts/{attempt}/{n}/", fields)
        self.ledger.keeps((name, f"{attempt} {n} {option}"))


class Facilitator(_Person):
    """Marks at the door, three at a time, and now and then a scan of the signed sheet."""

    def __init__(self, house, ledger, pause, site):
        super().__init__(house, ledger, pause)
        self.site = site

    def steps(self):
        one, visitor = self.site.facilitator, self.visitor(self.site.facilitator.session)
        rows, taps = itertools.cycle(self.site.registrations), itertools.cycle(("present", "late"))
        for turn in itertools.count():
            items = [
                _item(
                    "mark", str(uuid.uuid4()), registration=next(rows), session=self.site.session,
                    mark=next(taps), method="name",
                )
                for _ in range(3)
            ]  # fmt: skip
            names = [("mark", item["uuid"]) for item in items]
            self.ledger.sends(*names)
            send_items(visitor, one, items)
            said = [f"{item['registration']} {item['session']} {item['mark']}" for item in items]
            self.ledger.keeps(*zip(names, said, strict=True))
            if turn % 4 == 0 and turn // 4 < PHOTOS_OF_A_WORKSHOP * len(self.site.held):
                self.attach(visitor, self.site.held[turn // 4 // PHOTOS_OF_A_WORKSHOP], turn)
            yield

    def attach(self, visitor, workshop, turn):
        scan = f"%PDF-1.4\n{turn} {uuid.uuid4()}\n%%EOF\n".encode()
        sha256 = hashlib.sha256(scan).hexdigest()
        self.ledger.sends(("scan", sha256))
        visitor.wants(302, "POST", f"/workshops/{workshop}/after/photo/", {}, file=("photo", scan))
        self.ledger.keeps((("scan", sha256), sha256))


class Desk(_Person):
    """Asks for the certificates of a workshop to be printed."""

    def __init__(self, house, ledger, pause, site):
        super().__init__(house, ledger, pause)
        self.site = site

    def steps(self):
        visitor = self.visitor(self.site.desk.session)
        while True:
            name = ("print", str(uuid.uuid4()))
            self.ledger.sends(name)
            visitor.wants(302, "POST", f"/workshops/{self.site.printed}/certificates/again/", {"uuid": name[1]})
            self.ledger.keeps((name, "ready"))
            yield


def _item(kind, name, **said):
    return {"kind": kind, "uuid": name, "seq": next(_seq), "at": _now(), **said}


_seq = itertools.count(1)


def _now():
    return datetime.now(UTC).isoformat()


def send_items(visitor, one, items):
    """Until each of them is taken. One that got no reply is kept by its device, which sends it again."""
    left = list(items)
    end = time.monotonic() + visitor.patience
    while left:
        raw = {"person": one.uuid, "device": one.device, "now": _now(), "items": left}
        _where, content = visitor.wants(200, "POST", "/sync/", raw=raw)
        replies = {reply["uuid"]: reply for reply in json.loads(content)["items"]}
        refused = [reply for reply in replies.values() if reply["status"] not in TAKEN]
        if refused or time.monotonic() > end:
            raise GaveUp(f"sync: {refused}")
        left = [item for item in left if item["uuid"] not in replies]
