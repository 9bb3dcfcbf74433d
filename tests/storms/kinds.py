"""The storms, one function each: it breaks out, the site is left alone with it, and it is over. To add one,
copy a sibling and name it below.

Nothing here repairs the site: a storm that is over leaves room on the disk, a server that is reached again, a
clock that is right, and no more.
"""

import contextlib
import random
import time

from tests.storms import supervisor

BLOCK = b"\0" * 65536


@contextlib.contextmanager
def web_worker(house, storm):
    """kill -9 of a gunicorn child, with the request that it has in hand."""
    children = house.web.children()
    if children:
        supervisor.kill(random.choice(children))
    yield


@contextlib.contextmanager
def gunicorn(house, storm):
    """kill -9 of gunicorn's first process."""
    house.web.kill()
    yield


@contextlib.contextmanager
def queue_worker(house, storm):
    """kill -9 of the worker, with the task that it has in hand."""
    house.worker.kill()
    yield


@contextlib.contextmanager
def everything(house, storm):
    """kill -9 of every process of the site and of what it stands on."""
    for unit in house.units.values():
        unit.kill_all()
    yield


@contextlib.contextmanager
def database(house, storm):
    """pg_ctl -m immediate: no checkpoint, no good-bye."""
    house.stop_postgres_at_once()
    yield


@contextlib.contextmanager
def redis(house, storm):
    """kill -9 of Redis, and with it all that it held."""
    house.redis.kill()
    yield


@contextlib.contextmanager
def disk_full(house, storm):
    """The last byte of the disk is taken by somebody else."""
    ballast = house.disk / "ballast"
    with contextlib.suppress(OSError), open(ballast, "wb", buffering=0) as file:
        while True:
            file.write(BLOCK)
    with contextlib.suppress(OSError), open(ballast, "ab", buffering=0) as file:
        while True:
            file.write(b"\0")
    try:
        yield
    finally:
        ballast.unlink()


@contextlib.contextmanager
def no_file_grows(house, storm):
    """As a full disk, for which nobody has to be root: RLIMIT_FSIZE of the site's processes is nought, and of
    those that they start."""
    house.let_write(0)
    try:
        # A process that was just being started has it too, a moment later.
        time.sleep(0.2)
        house.let_write(0)
        yield
    finally:
        house.let_write(-1)


@contextlib.contextmanager
def mail(house, storm):
    """The mail server is not reached."""
    house.mail.stop()
    try:
        yield
    finally:
        house.mail.start()


@contextlib.contextmanager
def store(house, storm):
    """The store of files is not reached."""
    house.way.shut()
    try:
        yield
    finally:
        house.way.open()


@contextlib.contextmanager
def clock_ahead(house, storm):
    """The clock jumps forwards, and back when somebody has put it right."""
    house.clock.jump(storm.minutes * 60)
    try:
        yield
    finally:
        house.clock.jump(-storm.minutes * 60)


@contextlib.contextmanager
def clock_behind(house, storm):
    """The clock jumps backwards, and forwards when somebody has put it right."""
    house.clock.jump(-storm.minutes * 60)
    try:
        yield
    finally:
        house.clock.jump(storm.minutes * 60)


ALWAYS = {
    "web worker killed": web_worker,
    "gunicorn killed": gunicorn,
    "queue worker killed": queue_worker,
    "everything killed": everything,
    "mail server away": mail,
    "clock jumps ahead": clock_ahead,
    "clock jumps back": clock_behind,
}


def kinds_of(house):
    """{name: storm} of those that can go over this house."""
    more = {}
    if house.postgres:
        more["PostgreSQL stopped at once"] = database
    if house.redis:
        more["Redis killed"] = redis
    if house.way:
        more["store of files away"] = store
    if house.disk:
        more["disk full"] = disk_full
    elif not house.postgres:
        more["no file may grow"] = no_file_grows
    return {**ALWAYS, **more}
