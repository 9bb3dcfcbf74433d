"""Wrong guesses at the public check, remembered by client and by number in the shared cache."""

from django.core.cache import cache

from certificates import codes

WINDOW = 600
# One office behind one address may mistype often; a guesser needs 10^14 tries at a code.
PER_CLIENT = 20
# Surnames tried against one number, from wherever.
PER_NUMBER = 10


def is_blocked(client, number, *, at):
    limits = _limits(client, number)
    recent = _recent(limits, at)
    return any(len(recent[key]) >= most for key, most in limits.items())


def count(client, number, *, at):
    recent = _recent(_limits(client, number), at)
    cache.set_many({key: [*times, at.timestamp()] for key, times in recent.items()}, WINDOW)


def _recent(limits, at):
    """{key: times of the wrong guesses of the last ten minutes}."""
    kept = cache.get_many(limits)
    return {key: [time for time in kept.get(key, []) if time > at.timestamp() - WINDOW] for key in limits}


def _limits(client, number):
    limits = {f"verify:client:{client}": PER_CLIENT}
    number = codes.clean_number(number)
    if number:
        limits[f"verify:number:{number}"] = PER_NUMBER
    return limits
