"""Wrong guesses of wall codes, remembered by person and by address in the shared cache."""

from django.core.cache import cache

WINDOW = 600
# Four signs are soon mistyped, and not soon guessed.
PER_PERSON = 10
# A whole room sits behind one address.
PER_CLIENT = 200


def is_blocked(person, client, *, at):
    limits = _limits(person, client)
    recent = _recent(limits, at)
    return any(len(recent[key]) >= most for key, most in limits.items())


def count(person, client, *, at):
    recent = _recent(_limits(person, client), at)
    cache.set_many({key: [*times, at.timestamp()] for key, times in recent.items()}, WINDOW)


def _recent(limits, at):
    kept = cache.get_many(limits)
    return {key: [time for time in kept.get(key, []) if time > at.timestamp() - WINDOW] for key in limits}


def _limits(person, client):
    return {f"wall:person:{person.pk}": PER_PERSON, f"wall:client:{client}": PER_CLIENT}
