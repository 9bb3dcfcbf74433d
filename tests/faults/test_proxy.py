"""Each fault of the proxy does what it is called, seen from both sides."""

import http.client
import http.server
import threading

import pytest

from tests.faults import plan as faults
from tests.faults.plan import Fault, Plan
from tests.faults.proxy import Proxy


class Always:
    def __init__(self, fault):
        self.fault = fault

    def fault_for(self, method, path):
        return self.fault


@pytest.fixture
def server():
    """A server that writes down what it is sent, and answers "written"."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            written.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "7")
            self.end_headers()
            self.wfile.write(b"written")

        def log_message(self, *args):
            pass

    written = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.written = written
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
    try:
        connection.request("POST", "/sync/", b"an answer")
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Retry-After")
    except (OSError, http.client.HTTPException):
        return "cut"
    finally:
        connection.close()


WHOLE = (200, b"written", None)


@pytest.mark.parametrize(
    ("kind", "heard", "arrived"),
    [
        (None, WHOLE, 1),
        (faults.CUT_BEFORE, "cut", 0),
        (faults.CUT_AFTER, "cut", 1),
        (faults.CUT_WITHIN, "cut", 1),
        (faults.DELAY_BEFORE, WHOLE, 1),
        (faults.DELAY_AFTER, WHOLE, 1),
        (faults.TWICE, WHOLE, 2),
        (faults.BAD_GATEWAY, (502, b"<h1>Bad gateway</h1>", None), 0),
        (faults.BUSY, (503, b"Busy", "1"), 0),
        (faults.KILLED_WORKER, WHOLE, 1),
        (faults.OFF, "cut", 0),
    ],
)
def test_what_the_browser_hears_and_what_arrives(server, kind, heard, arrived):
    killed = []
    proxy = Proxy(server.server_port, kill_worker=lambda: killed.append(True))
    try:
        proxy.begin(Always(kind and Fault(kind, 0.01)))
        assert ask(proxy) == heard
        assert server.written == [("/sync/", b"an answer")] * arrived
        assert killed == [True] * (kind == faults.KILLED_WORKER)
        assert [(one.method, one.path, one.fault) for one in proxy.log] == [("POST", "/sync/", kind or "")]
    finally:
        proxy.stop()


def test_off_is_off_until_it_is_calmed(server):
    proxy = Proxy(server.server_port)
    try:
        proxy.is_off = True
        assert (ask(proxy), ask(proxy), server.written) == ("cut", "cut", [])
        proxy.calm()
        assert ask(proxy) == WHOLE
    finally:
        proxy.stop()


def met(seed, paths):
    plan = Plan(seed)
    plan.calm = False
    return {path: plan.fault_for("POST", path) for path in paths}


def test_a_seed_tells_the_same_story_twice_and_every_fault_has_its_turn():
    paths = [f"/attempts/{'0' * 8}-0000-4000-8000-{n:012}/{n}/" for n in range(200)]
    first, again, backwards = met(7, paths), met(7, paths), met(7, paths[::-1])
    assert first == again != met(8, paths)
    # The same requests are hit in whatever order they come.
    assert {path for path in paths if first[path]} == {path for path in paths if backwards[path]}
    kinds = [fault.kind for fault in first.values() if fault]
    assert set(kinds[: len(faults.OF_REQUESTS)]) == set(faults.OF_REQUESTS)
    # The same place in another attempt is the same place.
    assert [*met(7, [path.replace("8000", "9000") for path in paths]).values()] == [*first.values()]


def test_styles_and_scripts_kill_no_worker():
    found = met(7, [f"/static/{n}.js" for n in range(2000)]).values()
    assert {fault.kind for fault in found if fault} == {*faults.OF_REQUESTS} - {
        faults.KILLED_WORKER,
        faults.OFF,
    }


def test_what_must_happen_happens_once_though_all_is_calm():
    plan = Plan(7, surely={"/submit/": faults.TWICE})
    assert plan.fault_for("GET", "/attempts/1/submit/") is None
    assert plan.fault_for("POST", "/attempts/1/submit/").kind == faults.TWICE
    assert plan.fault_for("POST", "/attempts/1/submit/") is None


def test_a_calm_plan_lets_everything_pass():
    plan = Plan(7, share=1)
    assert plan.fault_for("GET", "/") is None
    plan.calm = False
    assert plan.fault_for("GET", "/") is not None
