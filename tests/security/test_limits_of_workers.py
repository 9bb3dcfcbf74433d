"""Allowances hold where two workers of a real server answer at the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from certificates import guessing
from tests.factories import make_site
from tests.redis_server import RedisServer, program
from tests.served import Served

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, AT_ONCE = 2, 8
TOKEN = "t" * 32


def ask(port, method, path, fields=None, forged=""):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    if forged:
        headers["X-Forwarded-For"] = forged
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}) if fields is not None else None
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    after = answer.getheader("Retry-After")
    return answer.status, after and 0 < int(after) <= 3600


def many(site, tries, method, path, fields=None):
    """How often each answer came, asked by eight at once, each with a forged address."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [
            pool.submit(ask, site.port, method, path, fields and {**fields}, f"10.1.{n % 200}.{n // 200}")
            for n in range(tries)
        ]
        return Counter(one.result() for one in asked)


@pytest.fixture(params=["database", "redis"])
def site(request, tmp_path):
    make_site()
    cache.clear()
    if request.param == "database":
        with Served(workers=WORKERS, REDIS_URL="dbcache://lms_cache") as site:
            yield site
        return
    if not program():
        pytest.skip("no Redis on this machine")
    with RedisServer(tmp_path) as redis, Served(workers=WORKERS, REDIS_URL=redis.url) as site:
        yield site


def test_guesses_at_once_are_all_counted(site, constable):
    """A worker that had looked already answers once more: so many more than the limit, and no other."""
    codes = many(site, 60, "GET", "/v/7QK429HMX3/")
    passwords = many(
        site,
        30,
        "POST",
        "/accounts/login/",
        {"login": constable.email, "password": "wrong", "own_device": "no"},
    )
    letters = many(site, 20, "POST", "/accounts/password/reset/", {"email": constable.email})

    assert set(codes) == {(404, None), (429, True)}
    assert guessing.PER_CLIENT <= codes[404, None] <= guessing.PER_CLIENT + WORKERS - 1
    assert passwords == {(200, None): 5, (429, True): 25}
    assert letters == {(302, None): 5, (429, True): 15}
