"""What a new part begins with: blocks to fill in, so that nobody starts with an empty page."""

from courses.catalogue import raw
from courses.choices import Difficulty, Purpose, Review

QUESTIONS = 5
ANSWERS = 4
PASS_MARK = 80


def lesson_body():
    return [raw.block("paragraph", text="", sectors=[])]


def short_lesson_body():
    return [
        raw.block("paragraph", text="", sectors=[]),
        raw.block("key_point", kind="remember", title="", text="", minutes=None, sectors=[]),
    ]


def empty_questions(count=QUESTIONS):
    return [_empty_question() for _n in range(count)]


def _empty_question():
    answers = [{"text": "", "right": False, "why": ""} for _n in range(ANSWERS)]
    return raw.block(
        "single",
        stem="",
        options=raw.items(answers),
        why="",
        change="",
        topic="",
        difficulty=Difficulty.MEDIUM,
        objective="",
        critical=False,
        sectors=[],
    )


CHECK = {"purpose": Purpose.CHECK, "review": Review.PRACTICE, "pass_mark": PASS_MARK}
FINAL = {"purpose": Purpose.FINAL, "review": Review.TEST, "pass_mark": PASS_MARK}
# Taken before and after a workshop: it compares, and nobody fails it.
WORKSHOP = {"purpose": Purpose.PRETEST, "review": Review.TEST, "pass_mark": None}
