"""Telephone numbers as they are kept: digits, with a plus in front where there was one. Pure."""

import re

LOCAL, COUNTRY = 7, "+1758"


class PhoneRefused(ValueError):
    """The text is not a telephone number."""


def clean_phone(text):
    """What somebody typed, as it is kept; seven digits are a number of Saint Lucia. "" for nothing."""
    text = text.strip()
    if not text:
        return ""
    if not re.fullmatch(r"\+?[\d\s().\-/\u00a0\u2010-\u2014]+", text):
        raise PhoneRefused
    digits = re.sub(r"\D", "", text)
    if len(digits) == LOCAL:
        return COUNTRY + digits
    if len(digits) == 10 and digits.startswith("758"):
        return "+1" + digits
    if len(digits) == 11 and digits.startswith("1"):
        return "+" + digits
    if not 7 < len(digits) < 16:
        raise PhoneRefused
    return ("+" if text.startswith("+") else "") + digits
