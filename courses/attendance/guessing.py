"""How many wrong wall codes are borne, by person and by address."""

from courses import guessing

# Four signs are soon mistyped, and not soon guessed.
PER_PERSON = 10
# A whole room sits behind one address.
PER_CLIENT = 200


def is_blocked(person, client, *, at):
    return guessing.is_blocked(_limits(person, client), at=at)


def count(person, client, *, at):
    guessing.count(_limits(person, client), at=at)


def _limits(person, client):
    """`client`: None for what waited on a device, and may come from anywhere."""
    if client is None:
        return {f"wall:person:{person.pk}": PER_PERSON}
    return {f"wall:person:{person.pk}": PER_PERSON, f"wall:client:{client}": PER_CLIENT}
