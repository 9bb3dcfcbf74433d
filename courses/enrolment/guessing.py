"""Wrong codes and links, counted in the shared cache, so that nobody finds one by trying."""

from django.core.cache import cache

WINDOW = 600
MOST = 10


def is_blocked(who, *, at):
    """`who`: a text for whoever guesses, such as "join:7"."""
    return len(_recent(who, at)) >= MOST


def count(who, *, at):
    cache.set(_key(who), [*_recent(who, at), at.timestamp()], WINDOW)


def _recent(who, at):
    return [time for time in cache.get(_key(who), []) if time > at.timestamp() - WINDOW]


def _key(who):
    return f"guesses:{who}"
