"""Redis (or Valkey) as the cache of all hosts, without which the site goes on."""

import logging
import time

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
# After it failed, Redis is left alone for so many seconds: a server that does not answer costs a second
# each time.
LEFT_ALONE = 5
# An answer that takes longer than this is none.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 2}


def impatient():
    """Options of a connection that says at once when Redis is away, instead of trying for seconds."""
    return {**PATIENCE, "retry": Retry(NoBackoff(), 1)}


def _or_without(name):
    def method(self, *args, **kwargs):
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(Redis, self), name)(*args, **kwargs)
            except RedisError as error:
                self._away_until = time.monotonic() + LEFT_ALONE
                logger.warning("Redis is away: %s", type(error).__name__)
        return getattr(self._without, name)(*args, **kwargs)

    return method


class Redis(RedisCache):
    """OPTIONS: `spare`, the cache that is used while Redis is away, so that rate limits are still counted;
    without one nothing is kept. `longest`: no entry stays longer than so many seconds."""

    def __init__(self, server, params):
        options = dict(params.get("OPTIONS", {}))
        self._spare, self._longest = options.pop("spare", ""), options.pop("longest", None)
        self._away_until = 0
        super().__init__(server, {**params, "OPTIONS": {**impatient(), **options}})

    @property
    def _without(self):
        return caches[self._spare] if self._spare else Nothing()

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        seconds = super().get_backend_timeout(timeout)
        if self._longest is None:
            return seconds
        return self._longest if seconds is None else min(seconds, self._longest)

    add = _or_without("add")
    get = _or_without("get")
    set = _or_without("set")
    touch = _or_without("touch")
    delete = _or_without("delete")
    get_many = _or_without("get_many")
    has_key = _or_without("has_key")
    incr = _or_without("incr")
    set_many = _or_without("set_many")
    delete_many = _or_without("delete_many")
    clear = _or_without("clear")


class Nothing:
    """What a cache answers that keeps nothing."""

    def get(self, key, default=None, version=None):
        return default

    def get_many(self, keys, version=None):
        return {}

    def set_many(self, data, *args, **kwargs):
        return list(data)

    def incr(self, key, delta=1, version=None):
        raise ValueError(f"Key '{key}' not found")

    def add(self, *args, **kwargs):
        return True

    def set(self, *args, **kwargs):
        return None

    def touch(self, *args, **kwargs):
        return False

    delete = has_key = touch
    delete_many = clear = set
