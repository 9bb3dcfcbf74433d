"""Redis as the cache of all hosts, and what happens without it."""

import time

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.urls import reverse

from lms.shared_cache import LEFT_ALONE, Redis
from tests.factories import PASSWORD, make_user
from tests.redis_server import RedisServer


@pytest.fixture
def own_redis(redis_program, tmp_path):
    with RedisServer(tmp_path) as server:
        yield server


def cache_settings(settings, url):
    redis = {"BACKEND": "lms.shared_cache.Redis", "LOCATION": url}
    return {
        **settings.CACHES,
        "default": {**redis, "KEY_PREFIX": "lms", "OPTIONS": {"spare": "spare"}},
        "sessions": {**redis, "KEY_PREFIX": "sessions", "OPTIONS": {"longest": 300}},
        "spare": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "spare"},
    }


@pytest.fixture
def cache(own_redis, settings):
    settings.CACHES = cache_settings(settings, own_redis.url)
    caches["spare"].clear()
    return caches["default"]


def test_without_redis_another_cache_counts(cache, own_redis, monkeypatch):
    cache.set("guesses", 4)
    assert cache.get("guesses") == 4
    own_redis.stop()
    assert cache.get("guesses") is None
    assert cache.add("guesses", 1)
    assert cache.incr("guesses") == 2
    cache.set_many({"a": 1, "b": 2})
    assert cache.get_many(["a", "b", "guesses"]) == {"a": 1, "b": 2, "guesses": 2}
    own_redis.start()
    # It is asked again after a while, not at once.
    assert cache.get("guesses") == 2
    later = time.monotonic() + LEFT_ALONE + 1
    monkeypatch.setattr("lms.shared_cache.time.monotonic", lambda: later)
    assert cache.get("guesses") is None
    cache.set("guesses", 1)
    assert (cache.get("guesses"), caches["spare"].get("guesses")) == (1, 2)


def test_redis_keeps_a_session_for_minutes(cache):
    sessions = caches["sessions"]
    assert [sessions.get_backend_timeout(seconds) for seconds in (60, 30 * 24 * 3600, None)] == [60, 300, 300]
    assert Redis("redis://127.0.0.1:1/1", {}).get_backend_timeout(None) is None


@pytest.mark.django_db
def test_a_session_outlives_redis(cache, own_redis, settings, client):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    settings.SESSION_CACHE_ALIAS = "sessions"
    user = make_user()
    client.force_login(user)
    assert client.get(reverse("my_record")).status_code == 200
    own_redis.stop()
    assert client.get(reverse("my_record")).status_code == 200
    # Ended by its owner, or for them: also where Redis still knew it.
    SessionStore(client.session.session_key).delete()
    assert not Session.objects.exists()
    assert client.get(reverse("my_record")).status_code == 302


@pytest.mark.django_db
def test_sessions_are_listed_and_ended_elsewhere(cache, settings, client):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    settings.SESSION_CACHE_ALIAS = "sessions"
    user = make_user()
    entering = {"login": user.email, "password": PASSWORD, "own_device": "yes"}
    client.post(reverse("account_login"), entering)
    assert client.get(reverse("my_record")).status_code == 200
    there = user.usersession_set.get()
    there.end()
    assert client.get(reverse("my_record")).status_code == 302
