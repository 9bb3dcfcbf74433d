"""The site is closed for a while, by hand: a file says so, since the database may be just what is worked on.

The file lies on this machine: where several serve the site, each has its own.
"""

from pathlib import Path

from django.conf import settings

from lms.away.answering import come_again

# An upgrade of a small site, in seconds.
AFTER = 120
# Whoever watches the process goes on watching.
OPEN = "/healthz"


def _flag():
    return Path(settings.MAINTENANCE_FILE)


def is_on():
    return _flag().exists()


def turn_on():
    _flag().parent.mkdir(parents=True, exist_ok=True)
    _flag().touch()


def turn_off():
    _flag().unlink(missing_ok=True)


class Maintenance:
    """Middleware before all that asks a database; style sheets are served before it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != OPEN and is_on():
            return come_again(request, after=AFTER, maintenance=True)
        return self.get_response(request)
