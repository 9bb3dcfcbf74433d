"""Answers typed from a sheet: "1 B, 2 AC, 3 D, 4 -, 5 18". Pure.

A number of a question and what is on the sheet, separated by commas, semicolons or new lines. "-" is an
empty place, "?" is "I am not sure". Letters stand for the options as they are printed; of a case the
parts are separated by "/" (B/AC); of an order the places of the entries follow as printed (312).
"""

import re
from collections import namedtuple
from string import ascii_uppercase

from courses.kinds import BadAnswer, kind_of
from courses.kinds.answering import CHOICES, NOT_SURE, NUMBER, PARTS, ROWS, TEXT

# One question of a form: its number, kind and body, and the order in which the options are printed.
Place = namedtuple("Place", "n kind body order")
# `code` says what is wrong with the answer to question `n`; `said` is what was typed.
Problem = namedtuple("Problem", "n code said about", defaults=("",))

EMPTY, UNSURE = "-", "?"
# A comma between two figures belongs to a number (2,5), unless a question's number and an answer follow.
_BETWEEN = re.compile(r'[;\n]|,(?=\s|$|\d+\s*[A-Za-z?"-]|\d+\s+\S)')
_ENTRY = re.compile(r"(\d{1,3})\s*[.:)=]?\s*(.*)", re.S)


def read(text, places, *, may_be_unsure):
    """({n: payload}, [Problem, ...]). An empty place has no payload; every question must be named."""
    by_n = {place.n: place for place in places}
    said, problems = _entries(text)
    payloads = {}
    for n, answer in said.items():
        if n not in by_n:
            problems.append(Problem(n, "no_question", answer))
            continue
        try:
            payload = _payload(by_n[n], answer, may_be_unsure)
        except _Bad as bad:
            problems.append(Problem(n, bad.code, answer, bad.about))
        else:
            if payload is not None:
                payloads[n] = payload
    problems += [Problem(n, "missing", "") for n in by_n if n not in said]
    return payloads, sorted(problems, key=lambda problem: problem.n)


def _entries(text):
    said, problems = {}, []
    for part in _split(text):
        found = _ENTRY.fullmatch(part)
        if found is None:
            problems.append(Problem(0, "no_number", part[:40]))
            continue
        n, answer = int(found[1]), found[2].strip()
        if n in said:
            problems.append(Problem(n, "twice", answer))
        else:
            said[n] = answer
    return said, problems


def _split(text):
    """A comma between quotation marks separates nothing."""
    quoted = {}

    def keep(match):
        quoted[f"\x00{len(quoted)}\x00"] = match[1]
        return list(quoted)[-1]

    bare = re.sub(r'["“”]([^"“”\n]*)["“”]', keep, text.replace("\x00", ""))
    for part in _BETWEEN.split(bare):
        if part.strip():
            yield re.sub(r"\x00\d+\x00", lambda match: quoted[match[0]], part).strip()


class _Bad(Exception):
    def __init__(self, code, about=""):
        self.code, self.about = code, about
        super().__init__(code)


def _payload(place, answer, may_be_unsure):
    if not answer:
        raise _Bad("missing")
    if answer in (EMPTY, "–", "—"):
        return None
    if answer == UNSURE:
        if not may_be_unsure:
            raise _Bad("not_offered")
        return dict(NOT_SURE)
    kind = kind_of(place.kind)
    payload = READERS[kind.ASKS](place, answer)
    try:
        return kind.check_payload(place.body, payload)
    except BadAnswer as error:
        raise _Bad(error.code) from error


def _choices(place, answer):
    return {"chosen": _letters(answer, place.order)}


def _parts(place, answer):
    parts, given = place.body["parts"], answer.split("/")
    if len(given) != len(parts):
        raise _Bad("parts", str(len(parts)))
    return {
        "parts": {
            part["id"]: _letters(letters, options_of(part, place.order))
            for part, letters in zip(parts, given, strict=True)
        }
    }


def _rows(place, answer):
    if "rows" in place.body:
        rows, given = [row["id"] for row in place.body["rows"]], _letters(answer, place.order)
    else:
        rows, given = place.order, _places(answer, len(place.order))
    if len(given) != len(rows):
        raise _Bad("rows", str(len(rows)))
    return {"rows": dict(zip(rows, given, strict=True))}


def _places(answer, of):
    figures = re.findall(r"\d+", answer) if of > 9 or " " in answer.strip() else re.findall(r"\d", answer)
    if re.sub(r"[\d\s/]", "", answer):
        raise _Bad("not_places", str(of))
    wrong = [figure for figure in figures if not 1 <= int(figure[:4]) <= of]
    if wrong:
        raise _Bad("no_place", wrong[0][:9])
    return [int(figure) for figure in figures]


def _typed(place, answer):
    return {"text": answer}


READERS = {CHOICES: _choices, PARTS: _parts, ROWS: _rows, TEXT: _typed, NUMBER: _typed}


def options_of(part, order):
    """The ids of a part's options, as they are printed."""
    mine = {option["id"] for option in part["options"]}
    return [option_id for option_id in order if option_id in mine]


def _letters(answer, order):
    """The ids behind these letters."""
    letters = [letter for letter in answer.upper() if not letter.isspace()]
    known = dict(zip(ascii_uppercase, order, strict=False))
    wrong = [letter for letter in letters if letter not in known]
    if wrong:
        raise _Bad("no_letter", wrong[0])
    return [known[letter] for letter in letters]


def last_letter(place):
    """The last letter a question has; the longest list of a case."""
    lists = [options_of(part, place.order) for part in place.body.get("parts", ())] or [place.order]
    return ascii_uppercase[max(len(one) for one in lists) - 1] if max(map(len, lists)) else ""
