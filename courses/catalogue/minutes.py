"""How long a lesson takes, from what is in it. Pure.

180 words a minute is slow, careful reading of plain text; the figure is stated in the
operator's guide, because the hours on a certificate must stand an audit.
"""

import math
import re

from courses.sectors import is_for

WORDS_PER_MINUTE = 180
QUICK_QUESTION_MINUTES = 0.75
TEST_QUESTION_MINUTES = 1

_TAG = re.compile(r"<[^>]+>")
_NOT_READ = {"id", "kind", "layout", "sectors", "themes", "roles", "minutes", "right", "type"}


def words_in(value):
    """The number of words in a block's raw value: strings in nested dicts and lists."""
    if isinstance(value, str):
        return len(_TAG.sub(" ", value).split())
    if isinstance(value, dict):
        return sum(words_in(part) for name, part in value.items() if name not in _NOT_READ)
    if isinstance(value, list):
        return sum(words_in(part) for part in value)
    return 0


def _raw_minutes(block):
    kind, value = block["type"], block["value"]
    if kind in ("film", "audio"):
        return value.get("minutes") or 0  # the transcript is another way to the same content
    if kind in ("picture", "document", "contacts"):
        return 0.25
    reading = words_in(value) / WORDS_PER_MINUTE
    if kind == "quick_question":
        return reading + QUICK_QUESTION_MINUTES
    if kind == "key_point":
        return reading + (value.get("minutes") or 0)
    return reading


def lesson_minutes(blocks):
    """Minutes by sector for the raw blocks of a lesson.

    `blocks` is a list of {"type": str, "value": dict}. Returns {"": minutes of the trunk,
    code: minutes for that sector, ...} with whole minutes, at least 1, for every sector
    code that a block is marked for.
    """
    codes = {code for block in blocks for code in block["value"].get("sectors") or []}

    def total(code):
        return sum(_raw_minutes(block) for block in blocks if is_for(block["value"].get("sectors"), code))

    return {code: max(1, math.ceil(total(code))) for code in {"", *codes}}
