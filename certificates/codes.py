"""Numbers, codes and tokens of certificates. Pure.

A number reads SL-2026-00417-K: prefix, year of issue, serial, check character. The check
character is ISO 7064 MOD 37-2 over the letters and digits before it, which finds every
single wrong character and every swap of two neighbours. Serials whose check character
would be "*", "O" or "I" are passed over: the first cannot be said on the telephone, the
others read like 0 and 1. So serials may have gaps; a gap hides nothing.
"""

import re
import secrets

from courses import codes

_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
AVOIDED = "*OI"
CODE_LENGTH = 10
_GROUPS = (4, 4, 2)


def check_character(text):
    """The ISO 7064 MOD 37-2 check character of a text; dashes and spaces do not count."""
    remainder = 0
    for character in codes.plain_text(text):
        remainder = (remainder + _VALUES.index(character)) * 2 % 37
    return _VALUES[(38 - remainder) % 37]


def is_well_formed(number):
    """Whether the last character of a number checks the rest."""
    plain = codes.plain_text(number)
    return len(plain) > 1 and check_character(plain[:-1]) == plain[-1]


def clean_number(text):
    """What somebody typed, as numbers are written: SL-2026-00417-K. "" if it cannot be one."""
    match = re.fullmatch(r"([A-Z]+)(\d{4})(\d{5,})([0-9A-Z])", codes.plain_text(text))
    return "-".join(match.groups()) if match else ""


def new_code():
    """A short random code to print beside the number: about 49 bits, and guesses are limited."""
    return codes.new_code(CODE_LENGTH)


def printed_code(code):
    """7QK429HMX3 as 7QK4-29HM-X3."""
    return codes.in_groups(code, _GROUPS)


def clean_code(text):
    """What somebody typed, as codes are stored. "" if it cannot be one."""
    return codes.clean_code(text, CODE_LENGTH)


def new_token():
    """192 bits for the address in the QR code."""
    return secrets.token_urlsafe(24)
