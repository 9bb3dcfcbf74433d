"""Short random codes that people read aloud, copy and type. Pure."""

import re
import secrets

# Without 0 O 1 I L U: nothing that reads like something else, or like a word.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length, alphabet=ALPHABET):
    return "".join(secrets.choice(alphabet) for _ in range(length))


def in_groups(code, sizes):
    """7QK429HMX3 in groups of 4, 4 and 2 as 7QK4-29HM-X3."""
    parts, start = [], 0
    for size in sizes:
        parts.append(code[start : start + size])
        start += size
    return "-".join(parts)


def clean_code(text, length):
    """What somebody typed, as codes are stored. "" if it cannot be one."""
    plain = plain_text(text)
    return plain if len(plain) == length and set(plain) <= set(ALPHABET) else ""


def plain_text(text):
    """Capitals and digits alone."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())
