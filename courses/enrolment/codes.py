"""The short code with which people join a group. Pure."""

import re
import secrets

# Without 0 O 1 I L U: nothing that reads like something else, or like a word.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_code():
    """About 39 bits; guesses are limited, and need a log-in."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed_code(code):
    """7QK429HM as 7QK4-29HM."""
    return f"{code[:4]}-{code[4:]}"


def clean_code(text):
    """What somebody typed, as codes are stored. "" if it cannot be one."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""
