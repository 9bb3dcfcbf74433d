"""A quiz as its author sees it: its questions, and one example of each draw."""

import random

from django.utils.translation import gettext_lazy as _

from courses.questions.plain import blocks_of
from courses.questions.previewing import show
from courses.quizzes.laying import of_bank

# Where the questions of a block come from, unless they are written in it.
FROM = {"draw": _("Drawn at random, for example"), "bank": _("From the bank")}


def preview_items(page):
    """[{"n", "from", "questions": [...]}, ...], one for each block. Half-written blocks are shown too."""
    blocks = blocks_of(page.questions)
    bank = of_bank(blocks, None, random.Random(), [])  # noqa: S311
    shown = []
    for n, (_id, kind, value) in enumerate(blocks, 1):
        if kind in FROM:
            questions = [one for question in bank.get(n, []) for one in _of_bank(question)]
        else:
            questions = [show(kind, value)]
        for k, question in enumerate(questions, 1):
            question["place"] = f"{n}-{k}"
        shown.append({"n": n, "from": FROM.get(kind, ""), "questions": questions})
    return shown


def _of_bank(question):
    """The question in a list; nothing where its draft has none yet."""
    return [
        {**show(kind, value), "critical": question.critical} for _id, kind, value in blocks_of(question.body)
    ]
