"""The supervisor starts again and does no more; what is too quick to die stays down."""

import socket
import sys
import time

from tests.redis_server import free_port
from tests.storms import supervisor
from tests.storms.supervisor import Unit, children_of
from tests.storms.way import Way

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
WITH_A_CHILD = [sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '60'])"]


def wait_for(is_so, seconds=10):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_is_killed_is_started_again_with_what_comes_before(tmp_path):
    before = [sys.executable, "-c", f"open({str(tmp_path / 'before')!r}, 'a').write('x')"]
    unit = Unit(tmp_path, "unit", SLEEPS, before=[before], pause=0.05).start()
    try:
        wait_for(lambda: unit.process and unit.process.args == SLEEPS and unit.pid)
        first = unit.pid
        unit.kill()
        wait_for(lambda: unit.process.args == SLEEPS and unit.pid not in (None, first))
        assert (unit.starts, (tmp_path / "before").read_text()) == (2, "xx")
    finally:
        unit.stop()
    assert unit.pid is None


def test_what_is_left_of_a_unit_ends_with_it(tmp_path):
    unit = Unit(tmp_path, "unit", WITH_A_CHILD, pause=5).start()
    try:
        wait_for(lambda: unit.children())
        (child,) = unit.children()
        unit.kill()
        wait_for(lambda: not _lives(child))
    finally:
        unit.stop()


def _lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(") ")[1][0] != "Z"
    except OSError:
        return False


def test_what_ends_at_once_again_and_again_stays_down(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "MOST_STARTS", 3)
    unit = Unit(tmp_path, "unit", ["false"], pause=0.01).start()
    try:
        wait_for(lambda: unit.has_given_up)
        assert unit.starts == 3
    finally:
        unit.stop()


def test_where_what_comes_before_fails_nothing_is_started(tmp_path):
    unit = Unit(tmp_path, "unit", SLEEPS, before=[["false"]], pause=5).start()
    try:
        wait_for(lambda: unit.process and unit.process.poll() is not None)
        assert unit.process.args == ["false"]
    finally:
        unit.stop()
    assert children_of(0) == []


def test_a_way_that_is_shut_lets_nobody_through():
    echo = socket.create_server(("127.0.0.1", free_port()))
    way = Way(echo.getsockname()[1]).open()
    with socket.create_connection(("127.0.0.1", way.port), timeout=5) as here:
        there, _address = echo.accept()
        here.sendall(b"ping")
        assert there.recv(4) == b"ping"
        way.shut()
        assert here.recv(4) == b""
    with socket.socket() as refused:
        assert refused.connect_ex(("127.0.0.1", way.port)) != 0
    way.open()
    with socket.create_connection(("127.0.0.1", way.port), timeout=5) as here:
        again, _address = echo.accept()
        here.sendall(b"pong")
        assert again.recv(4) == b"pong"
        again.close()
    way.shut()
    there.close()
    echo.close()
