"""How many wrong guesses the public check bears, by client and by number."""

from certificates import codes
from courses import guessing

# One office behind one address may mistype often; a guesser needs 10^14 tries at a code.
PER_CLIENT = 20
# Surnames tried against one number, from wherever.
PER_NUMBER = 10


def is_blocked(client, number, *, at):
    return guessing.is_blocked(_limits(client, number), at=at)


def count(client, number, *, at):
    guessing.count(_limits(client, number), at=at)


def _limits(client, number):
    limits = {f"verify:client:{client}": PER_CLIENT}
    number = codes.clean_number(number)
    if number:
        limits[f"verify:number:{number}"] = PER_NUMBER
    return limits
