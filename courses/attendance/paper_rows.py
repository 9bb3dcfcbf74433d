"""What somebody types from a signed sheet: `1-9, 11, 14 late 9:40, W1 Marva Louis, Customs`. Pure.

Numbers and spans are people who were there. Behind a number: "late" with or without a time, "left" or
"absent". W and a number is a row of those who walked in; a name behind it, and an agency after a comma,
enter a new one. Commas, semicolons, line ends and spaces stand between entries.
"""

import re
from dataclasses import dataclass
from datetime import time

PRESENT, LATE, ABSENT = "present", "late", "absent"
LONGEST, MOST, HIGHEST = 20_000, 1000, 9999

MARKS = {
    "late": LATE,
    "left": ABSENT,
    "absent": ABSENT,
    "missing": ABSENT,
    "out": ABSENT,
    "here": PRESENT,
    "present": PRESENT,
}
_DASH = r"\s*(?:[-\u2010-\u2015\u2212]|\bto\b)\s*"
_CLOCK = r"(?:at\s*)?(?P<hour>\d{1,2})\s*[:.h]\s*(?P<minute>\d\d)\s*(?P<half>[ap]\.?m\.?)?"
_MARK = rf"(?:\s*(?P<mark>{'|'.join(MARKS)})\b(?:\s*{_CLOCK})?)?"
_NUMBERS = re.compile(
    rf"(?P<walked>w\s*)?(?P<first>\d+)(?:{_DASH}(?:w\s*)?(?P<last>\d+))?(?![\d:.]*[:.]\d)(?!\d){_MARK}",
    re.IGNORECASE,
)
_WALKED = re.compile(r"w\s*(\d+)\b\s*[.:)]?\s*(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One row of the sheet. `name` and `agency` only where somebody new is entered."""

    number: int
    walked_in: bool = False
    mark: str = PRESENT
    clock: time | None = None
    # "am", "pm" or "": whether the half of the day was said.
    half: str = ""
    name: str = ""
    agency: str = ""

    @property
    def label(self):
        return f"W{self.number}" if self.walked_in else str(self.number)


@dataclass(frozen=True)
class Problem:
    """What could not be read. `code`: "unreadable", "span", "twice", "clock", "long" or "many"."""

    code: str
    text: str


def parse(text):
    """(entries in the order typed, problems). A row named twice counts as it was named first."""
    if len(text) > LONGEST:
        return [], [Problem("long", "")]
    entries, problems = [], []
    for line in re.split(r"[\n\r;]+", text):
        _line([piece.strip() for piece in line.split(",")], entries, problems)
    once = {}
    for entry in entries:
        if entry.label in once:
            problems.append(Problem("twice", entry.label))
        else:
            once[entry.label] = entry
    if len(once) > MOST:
        return [], [Problem("many", str(MOST))]
    return list(once.values()), problems


def clock_of(entry, starts, ends):
    """The time of an entry as a time of the day, between `starts` and `ends` (times) where it can be.

    Written "1:40" for an afternoon from 13:00, it is 13:40.
    """
    clock = entry.clock
    later = clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock
    if entry.half == "pm":
        return later
    if entry.half == "am" or starts <= clock <= ends or not starts <= later <= ends:
        return clock
    return later


def _line(pieces, entries, problems):
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        place += 1
        if not piece:
            continue
        walked = _WALKED.fullmatch(piece)
        if walked and _is_name(walked[2]):
            agency = ""
            if place < len(pieces) and pieces[place] and not _begins_an_entry(pieces[place]):
                agency = pieces[place]
                place += 1
            entries.append(Entry(int(walked[1][:6]), True, name=" ".join(walked[2].split()), agency=agency))
            continue
        _numbers(piece, entries, problems)


def _begins_an_entry(piece):
    return re.match(r"(?:w\s*)?\d", piece, re.IGNORECASE) is not None


def _is_name(text):
    """What stands behind a W and its number is a name, unless it is "late" and the like, or more numbers."""
    return text[:1].isalpha() and not any(sign.isdigit() for sign in text) and text.casefold() not in MARKS


def _numbers(piece, entries, problems):
    place = 0
    while place < len(piece):
        if piece[place].isspace() or piece[place] in ".&+":
            place += 1
            continue
        found = _NUMBERS.match(piece, place)
        if found is None:
            problems.append(Problem("unreadable", piece[place:].strip()[:60]))
            return
        _add(found, entries, problems)
        place = found.end()


def _add(found, entries, problems):
    if max(len(found["first"]), len(found["last"] or "")) > 6:
        problems.append(Problem("span", found[0][:60]))
        return
    first = int(found["first"])
    last = int(found["last"] or first)
    if not 0 < first <= last <= HIGHEST or last - first >= MOST:
        problems.append(Problem("span", found[0].strip()))
        return
    half = (found["half"] or "").casefold().replace(".", "")
    clock = None
    if found["hour"]:
        hour, minute = int(found["hour"]), int(found["minute"])
        if hour > (12 if half else 23) or minute > 59:
            problems.append(Problem("clock", found[0].strip()))
            return
        clock = time(hour % 12 if half else hour, minute)
    mark = MARKS[found["mark"].casefold()] if found["mark"] else PRESENT
    entries += [Entry(number, bool(found["walked"]), mark, clock, half) for number in range(first, last + 1)]
