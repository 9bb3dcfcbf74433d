"""The numbers in a sentence: an edited one may say none that the record does not give. Pure."""

import re

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"dozens?|half|double|twice|thrice)\b",
    re.IGNORECASE,
)


def numbers_in(text):
    """Each number that is written in digits, without the sign between thousands, and in words, in order."""
    found = [_plain(match) for match in _DIGITS.findall(text)]
    return found + [word.lower() for word in _WORDS.findall(text)]


def strange(text, generated, tables):
    """The numbers of an edited sentence that neither the generated one says nor a number in the tables is."""
    known = set(numbers_in(generated))
    for table in tables:
        for row in table["rows"]:
            known |= {str(value) for value in row if isinstance(value, (int, float))}
    return list(dict.fromkeys(number for number in numbers_in(text) if number not in known))


def _plain(number):
    # "1,200" is 1200; "12.5" stays.
    return re.sub(r",(?=\d{3}(?:\D|$))", "", number)
