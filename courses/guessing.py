"""Wrong guesses, remembered in the shared cache, so that nobody finds a code or a link by trying.

`limits`: {a text for whoever guesses or for what is guessed: how many wrong ones in ten minutes}.
"""

import contextlib

from allauth.core import context
from allauth.core.internal import ratelimit
from django.core.cache import cache

WINDOW = 600


def client_of(request):
    """Whose address this is. One household's /64 of IPv6 counts as one: it holds 2^64 addresses."""
    return ratelimit.get_ip(request)


def is_blocked(limits, *, at):
    """Whether one of the limits is reached. The request, if there is one, learns for how long."""
    recent = _recent(limits, at)
    # The oldest stands first: with this one gone, fewer than the limit are left.
    waits = [
        recent[key][-most] + WINDOW - at.timestamp() for key, most in limits.items() if len(recent[key]) >= most
    ]
    if waits and context.request is not None:
        context.request.wait = max(waits)
    return bool(waits)


def count(limits, *, at):
    """Remember a wrong guess for each of them.

    Under a lock for each: two workers that read the same list would write one of two guesses away.
    """
    with contextlib.ExitStack() as locks:
        for key in sorted(limits):
            locks.enter_context(ratelimit.cache_lock(key))
        recent = _recent(limits, at)
        cache.set_many({key: [*times, at.timestamp()] for key, times in recent.items()}, WINDOW)


def _recent(limits, at):
    """{key: times of the wrong guesses of the last ten minutes}."""
    kept = cache.get_many(limits)
    return {key: [time for time in kept.get(key, []) if time > at.timestamp() - WINDOW] for key in limits}
