"""Wrong guesses at the public check are counted, by client and by number, in the shared cache."""

from django.core.cache import cache

from certificates import codes

WINDOW = 600
# One office behind one address may mistype often; a guesser needs 10^14 tries at a code.
PER_CLIENT = 20
# Surnames tried against one number, from wherever.
PER_NUMBER = 10


def is_blocked(client, number, *, at):
    keys = _keys(client, number, at)
    counts = cache.get_many([key for key, _most in keys])
    return any(counts.get(key, 0) >= most for key, most in keys)


def count(client, number, *, at):
    keys = _keys(client, number, at)
    counts = cache.get_many([key for key, _most in keys])
    cache.set_many({key: counts.get(key, 0) + 1 for key, _most in keys}, WINDOW)


def _keys(client, number, at):
    window = int(at.timestamp()) // WINDOW
    keys = [(f"verify:client:{client}:{window}", PER_CLIENT)]
    number = codes.clean_number(number)
    if number:
        keys.append((f"verify:number:{number}:{window}", PER_NUMBER))
    return keys
