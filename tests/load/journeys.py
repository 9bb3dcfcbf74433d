"""What people do, request by request. Each is a generator that does the next request when it is asked to."""

import re
import uuid
from urllib.parse import urljoin, urlsplit


def path_of(leads_to, base):
    return urlsplit(urljoin(base, leads_to)).path


def study(client, site):
    """The outline, a lesson, done, and the next."""
    client.ask("outline", site.course)
    yield
    client.ask("lesson", site.lesson)
    yield
    leads_to, _page = client.ask("lesson done", site.lesson, {}, wanted=302)
    yield
    client.ask("next part", path_of(leads_to, site.lesson))


def quiz_with_script(client, site, one, options_of, batch):
    """Start, the questions in one document, ten answers in one message, hand in, the result."""
    attempt = yield from _start(client, site)
    client.ask("paper", f"/attempts/{attempt}/paper/")
    yield
    raw = batch(one, attempt, options_of(attempt))
    _where, reply = client.ask("sync of ten", "/sync/", raw=raw)
    client.log.expect("sync of ten", reply.count(b'"accepted"') == len(raw["items"]), reply)
    yield
    yield from _hand_in(client, attempt)


def quiz_by_pages(client, site, options_of):
    """Without script: a page and a form for each question, the overview before handing in."""
    attempt = yield from _start(client, site)
    client.ask("to the first question", f"/attempts/{attempt}/", wanted=302)
    yield
    options = options_of(attempt)
    for n, option in enumerate(options, 1):
        client.ask("question page", f"/attempts/{attempt}/{n}/")
        yield
        answer(client, attempt, n, option, last=n == len(options))
        yield
    client.ask("overview", f"/attempts/{attempt}/review/")
    yield
    yield from _hand_in(client, attempt)


def answer(client, attempt, n, option, *, last, due=None):
    fields = {"uuid": str(uuid.uuid4()), "a": option, **({"last": "1"} if last else {})}
    client.ask("answer", f"/attempts/{attempt}/{n}/", fields, wanted=302, due=due)


def _start(client, site):
    client.ask("before the quiz", site.start)
    yield
    leads_to, _page = client.ask("start", site.start, {"name": "right"}, wanted=302)
    yield
    found = re.search(r"/attempts/([0-9a-f-]{36})/", leads_to)
    client.log.expect("start", found, leads_to)
    return found[1]


def _hand_in(client, attempt):
    client.ask("hand in", f"/attempts/{attempt}/submit/", {"confirmed": "yes"}, wanted=302)
    yield
    client.ask("result", f"/attempts/{attempt}/result/")


def log_in(client, email, password):
    client.ask("log-in page", "/accounts/login/")
    yield
    client.ask(
        "log in", "/accounts/login/", {"login": email, "password": password, "own_device": "yes"}, wanted=302
    )
