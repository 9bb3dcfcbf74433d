from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, ok

OF_ONE_PROCESS = ("LocMemCache", "DummyCache")
KEY = "doctor"


def redis_answers():
    """Our Redis cache hides that its server is away, so the server itself is asked."""
    client = caches["default"]._cache.get_client(write=True)
    try:
        return client.ping()
    except Exception:  # of the package redis, which a site without Redis does not load
        return False


class SharedCache(Check):
    """Limits on guessing passwords are counted in the cache: all processes must share it."""

    name = "cache"
    title = gettext_lazy("Shared memory")

    def look(self, at):
        if settings.CACHES["default"]["BACKEND"].endswith(OF_ONE_PROCESS):
            return [
                broken(
                    _("Each process counts wrong passwords by itself, so limits do not hold."),
                    _("Remove REDIS_URL from .env, or name a Redis server there."),
                )
            ]
        if settings.CACHES["default"]["BACKEND"].endswith("Redis") and not redis_answers():
            return [
                broken(
                    _("Redis does not answer. The site goes on without it, slower."),
                    _("Start it: systemctl start redis. Then look at REDIS_URL in .env."),
                )
            ]
        word = get_random_string(12)
        caches["default"].set(KEY, word, 60)
        if caches["default"].get(KEY) != word:
            return [
                broken(
                    _("The shared memory does not keep what it is given."),
                    _("Run: manage.py createcachetable."),
                )
            ]
        return [ok(_("Limits on wrong passwords are counted in one place."))]
