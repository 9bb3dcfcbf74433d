"""A quiz as its author sees it: its questions, and one example of each draw."""

import random

from django.utils.translation import gettext as _

from courses.questions.drawing import NotEnough, draw_all
from courses.questions.models import BankQuestion, Question
from courses.questions.plain import blocks_of
from courses.questions.previewing import show


def preview_items(page):
    """[{"n", "from", "questions": [...]}, ...], one for each block. Half-written blocks are shown too."""
    blocks = blocks_of(page.questions)
    bank = BankQuestion.objects.in_bulk(
        [value.get("question") for _id, kind, value in blocks if kind == "bank"]
    )
    drawn = _examples([value for _id, kind, value in blocks if kind == "draw"])
    shown = []
    for n, (_id, kind, value) in enumerate(blocks, 1):
        if kind == "draw":
            entry = {"from": _("Drawn at random, for example"), "questions": drawn.pop(0)}
        elif kind == "bank":
            found = bank.get(value.get("question"))
            entry = {"from": _("From the bank"), "questions": [_of_bank(found)] if found else []}
        else:
            entry = {"from": "", "questions": [show(kind, value)]}
        for k, question in enumerate(entry["questions"], 1):
            question["place"] = f"{n}-{k}"
        shown.append({"n": n, **entry})
    return shown


def _examples(draws):
    if not all(draw.get("count") and draw.get("pool") for draw in draws):
        return [[] for _draw in draws]
    candidates = Question.objects.candidates({draw["pool"] for draw in draws})
    sector = next((code for candidate in candidates for code in candidate.sectors), "")
    try:
        keys = draw_all(draws, candidates, sector=sector, taken=set(), rng=random.Random())  # noqa: S311
    except NotEnough:
        return [[] for _draw in draws]
    bank = {str(q.key): q for q in BankQuestion.objects.filter(key__in=[k for part in keys for k in part])}
    return [[_of_bank(bank[key]) for key in part if key in bank] for part in keys]


def _of_bank(question):
    ((_block_id, kind, value),) = blocks_of(question.body)
    return {**show(kind, value), "critical": question.critical}
