"""The site is closed for a while, by hand: a file says so, since the database may be just what is worked on.

The file lies on this machine. Where several serve the site and share a Redis, it closes and opens all of them;
while Redis is away, or after it was emptied, only the machine with the file is closed.
"""

from pathlib import Path

from django.conf import settings
from django.core.cache import caches

from lms.away.answering import come_again

# An upgrade of a small site, in seconds.
AFTER = 120
# Whoever watches the process goes on watching.
OPEN = "/healthz"


# In the memory that all hosts share.
KEY = "maintenance"


def _shared():
    """The memory of all hosts, or None on a site of one machine."""
    return caches["closed"] if "closed" in settings.CACHES else None


def _flag():
    return Path(settings.MAINTENANCE_FILE)


def is_on():
    return _flag().exists() or bool(_shared() and _shared().get(KEY))


def turn_on():
    _flag().parent.mkdir(parents=True, exist_ok=True)
    _flag().touch()
    if _shared():
        _shared().set(KEY, 1, timeout=None)


def turn_off():
    _flag().unlink(missing_ok=True)
    if _shared():
        _shared().delete(KEY)


class Maintenance:
    """Middleware before all that asks a database; style sheets are served before it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != OPEN and is_on():
            return come_again(request, after=AFTER, maintenance=True)
        return self.get_response(request)
