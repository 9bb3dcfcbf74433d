"""How many wrong join codes and invitation links are borne."""

from courses import guessing

MOST = 10


def is_blocked(who, *, at):
    """`who`: a text for whoever guesses, such as "join:7"."""
    return guessing.is_blocked(_limits(who), at=at)


def count(who, *, at):
    guessing.count(_limits(who), at=at)


def _limits(who):
    return {f"guesses:{who}": MOST}
