"""How often somebody may ask the office for another spelling: each request is a row for good in the log."""

from courses import guessing

MOST = 10


def is_too_often(person, *, at):
    return guessing.is_blocked(_limits(person), at=at)


def count(person, *, at):
    guessing.count(_limits(person), at=at)


def _limits(person):
    return {f"asked:person:{person.pk}": MOST}
