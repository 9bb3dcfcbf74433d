"""The short code with which people join a group. Pure."""

from courses import codes

LENGTH = 8


def new_code():
    """About 39 bits; guesses are limited, and need a log-in."""
    return codes.new_code(LENGTH)


def printed_code(code):
    """7QK429HM as 7QK4-29HM."""
    return codes.in_groups(code, (4, 4))


def clean_code(text):
    """What somebody typed, as codes are stored. "" if it cannot be one."""
    return codes.clean_code(text, LENGTH)
