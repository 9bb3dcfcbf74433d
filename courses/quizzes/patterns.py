"""What a new part begins with: blocks to fill in, so that nobody starts with an empty page."""

from courses.catalogue import raw
from courses.choices import Difficulty, Purpose, Review

ANSWERS = 4
PASS_MARK = 80


def lesson_body():
    return [raw.block("paragraph", text="", sectors=[])]


def short_lesson_body():
    return [
        raw.block("paragraph", text="", sectors=[]),
        raw.block("key_point", kind="remember", title="", text="", minutes=None, sectors=[]),
    ]


def empty_questions():
    """Five to fill in, of the three kinds that are written quickest."""
    return [*(_choice("single") for _n in range(3)), _choice("multiple"), _statement()]


def _choice(kind):
    answers = [{"text": "", "right": False, "why": ""} for _n in range(ANSWERS)]
    return _question(kind, options=raw.items(answers))


def _statement():
    return _question("true_false", answer="", why_true="", why_false="")


def _question(kind, **answers):
    return raw.block(
        kind,
        stem="",
        **answers,
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
