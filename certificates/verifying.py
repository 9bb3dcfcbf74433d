"""The public check: is there such a certificate, and what is it worth today?"""

import re
import unicodedata

from certificates import codes
from certificates.models import Certificate

# Letters that do not fall apart into a letter and a mark.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def by_token(token, *, day):
    return _known(day).filter(token=token).first() if token else None


def by_code(text, *, day):
    code = codes.clean_code(text)
    return _known(day).filter(short_code=code).first() if code else None


def by_number(text, surname, *, day):
    """The certificate with this number, if the surname is that of the person named on it."""
    number = codes.clean_number(text)
    certificate = _known(day).filter(number=number).first() if number else None
    if certificate is None or not is_surname(surname, certificate.facts["name"]):
        return None
    return certificate


def is_surname(text, full_name):
    """Whether a text is the last word or words of a name. Case, accents and marks do not count."""
    given = "".join(_words(text))
    words = _words(full_name)
    return len(given) > 1 and any(given == "".join(words[i:]) for i in range(len(words)))


def _known(day):
    return Certificate.objects.with_state(day).select_related("replaced_by").defer("replaced_by__facts")


def _words(text):
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return re.findall(r"\w+", plain.replace("_", " "))
