"""Dates and hours as they stand in old registers. Pure. Day before month, as it is written here."""

import datetime
import re
import unicodedata

EARLIEST = datetime.date(1970, 1, 1)
A_DAY = 24 * 60
MONTHS = [
    "jan january janvier enero januar jaenner",
    "feb february fev fevrier febrero februar",
    "mar march mars marzo marz maerz",
    "apr april avr avril abr abril",
    "may mai mayo",
    "jun june juin junio juni",
    "jul july juil juillet julio juli",
    "aug august aou aout ago agosto",
    "sep sept september septembre septiembre",
    "oct october octobre octubre okt oktober",
    "nov november novembre noviembre",
    "dec december decembre dic diciembre dez dezember",
]
_MONTHS = {word: number for number, words in enumerate(MONTHS, start=1) for word in words.split()}


def read_date(text):
    """The date, or None."""
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?", text):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", text):
        day, month, year = found.groups()
    else:
        day, month, year = _in_words(text)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_words(text):
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[a-z]+|\d+", "".join(one for one in plain if not unicodedata.combining(one)))
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(numbers) != 2 or len(numbers[1]) != 4:
        return 0, 0, 0
    return numbers[0], months[0], numbers[1]


def read_minutes(text):
    """The minutes of "6", "6.5", "6,5 h", "6:30" or "2h30", or None."""
    text = re.sub(r"\s*(hours?|hrs?|heures?|horas?|stunden?|std\.?)$", "h", text.strip().casefold())
    if found := re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*h?", text):
        whole, part = found.groups()
        minutes = int(whole) * 60 + round(float(f"0.{part or 0}") * 60)
    elif found := re.fullmatch(r"(\d{1,4})\s*[:h]\s*([0-5]?\d)\s*(?:m|min)?", text):
        minutes = int(found[1]) * 60 + int(found[2])
    else:
        return None
    return minutes or None
