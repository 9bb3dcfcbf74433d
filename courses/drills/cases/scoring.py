"""What a referral form that was filled in comes to. Pure: the same answers always come to the same.

A form is a list of fields, what its readers see; a key says apart from it what is right, {field id: key}. Of
several choices each right one is worth a point and each wrong one takes one away, never below nothing, and
ticking every box is worth nothing. What is written at length is judged by people and counts here for nothing.
A critical error fails the form whatever the points.
"""

import re
import unicodedata
from dataclasses import dataclass

CHOICE, CHOICES, SHORT, LONG, TIMES = "choice", "choices", "short", "long", "times"
# What was done with one option, line or row.
RIGHT, MISSED, WRONG = "right", "missed", "wrong"


@dataclass(frozen=True)
class FieldScore:
    """`told`: [(id of the option or row, what was done with it), ...]. `critical`: [(option id or "", code of
    the error), ...]. `is_right`: whether enough of it is right."""

    id: str
    step: str
    points: int = 0
    of: int = 0
    is_right: bool = False
    told: tuple = ()
    critical: tuple = ()


@dataclass(frozen=True)
class Score:
    """`steps`: {step of the procedure: (points, of)}, in the order of the form."""

    fields: tuple
    steps: dict

    @property
    def points(self):
        return sum(field.points for field in self.fields)

    @property
    def of(self):
        return sum(field.of for field in self.fields)

    @property
    def critical(self):
        """[(field id, option id or "", code of the error), ...]"""
        return tuple((field.id, place, code) for field in self.fields for place, code in field.critical)

    @property
    def per_cent(self):
        """Whole, rounded down: 79.9 is not 80."""
        return self.points * 100 // self.of if self.of else 0

    def passes(self, mark):
        return not self.critical and self.per_cent >= mark


def score(fields, key, answers):
    """The Score of `answers`, {field id: answer as of `answering`}, for these fields in their order."""
    scored = tuple(score_field(field, key[field["id"]], answers.get(field["id"])) for field in fields)
    steps = {}
    for one in scored:
        points, of = steps.get(one.step, (0, 0))
        steps[one.step] = (points + one.points, of + one.of)
    return Score(scored, {step: sums for step, sums in steps.items() if sums[1]})


def score_field(field, key, answer):
    points, of, is_right, told, critical = _KINDS[field["kind"]](field, key, answer)
    return FieldScore(field["id"], key["step"], points, of, is_right, tuple(told), tuple(critical))


def tick_all_would_pass(key):
    """Whether somebody who ticks every box would have enough, were it not forbidden."""
    right, wrong = _split(key)
    return len(right) - len(wrong) >= key["least"]


def _choice(field, key, answer):
    chosen = key["options"].get(answer)
    is_right = bool(chosen and chosen["right"])
    told = [(answer, RIGHT if is_right else WRONG)] if chosen else []
    if not is_right:
        told += [(option, MISSED) for option, known in key["options"].items() if known["right"]]
    critical = [(answer, chosen["critical"])] if chosen and not is_right and chosen["critical"] else []
    return key["points"] if is_right else 0, key["points"], is_right, told, critical


def _choices(field, key, answer):
    ticked = set(answer or ())
    right, wrong = _split(key)
    points = max(0, len(ticked & right) - len(ticked & wrong))
    if ticked >= right | wrong:
        points = 0
    told = [
        (option, RIGHT if option in ticked & right else MISSED if option in right else WRONG)
        for option in key["options"]
        if option in right or option in ticked
    ]
    # To leave a right one out may be as grave as to tick a wrong one.
    critical = [
        (option, known["critical"])
        for option, known in key["options"].items()
        if known["critical"] and known["right"] != (option in ticked)
    ]
    return points, len(right), points >= key["least"], told, critical


def _split(key):
    right = {option for option, known in key["options"].items() if known["right"]}
    return right, set(key["options"]) - right


def _short(field, key, answer):
    words = words_of(answer or "")
    refused = any(_says(words, line) for line in key["refused"])
    met = sum(_says(words, line) for line in key["accepted"])
    is_right = not refused and met >= key["least"]
    critical = [("", key["critical"])] if refused and key["critical"] else []
    return key["points"] if is_right else 0, key["points"], is_right, [], critical


def _long(field, key, answer):
    return 0, 0, bool(answer), [], []


def _times(field, key, answer):
    given = {row: moment(text) for row, text in (answer or {}).items()}
    told = []
    for row, known in key["rows"].items():
        is_right = given.get(row) in {moment(text) for text in known["at"]} - {None}
        told.append((row, RIGHT if is_right else WRONG if given.get(row) else MISSED))
    points = sum(mark == RIGHT for _row, mark in told)
    return points, len(told), points >= key["least"], told, []


_KINDS = {CHOICE: _choice, CHOICES: _choices, SHORT: _short, LONG: _long, TIMES: _times}


def words_of(text):
    """Its words in small letters, without accents and signs."""
    return re.findall(r"\w+", _bare(text))


def _says(words, line):
    """Whether every word of the line is among them, in any order; "clinic*" stands for what begins so."""
    wanted = re.findall(r"\w+\*?", _bare(line))
    return bool(wanted) and all(
        any(word.startswith(one[:-1]) if one.endswith("*") else word == one for word in words) for one in wanted
    )


def _bare(text):
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def moment(text):
    """The minute of the day that a time means (14:10, 14.10, 1410, 2:10 pm), or None."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*[:.hH]?\s*(\d{2})\s*([ap])?\.?m?\.?\s*", text or "", re.IGNORECASE)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
