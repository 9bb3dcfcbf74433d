"""The paper that somebody of a sector would get from a draft of a quiz. Reads, and writes nothing."""

from collections import namedtuple

from courses.kinds import kind_of
from courses.questions.drawing import NotEnough, draw_all
from courses.questions.models import BankQuestion, Question
from courses.questions.plain import blocks_of
from courses.questions.problems import not_enough, place_of_draw, place_of_question, sentence
from courses.quizzes.starting import option_order
from courses.sectors import is_for

# What `showing` and `marking` ask of the rows of the record that a draft has none of.
Wording = namedtuple("Wording", "kind body locale")
Key = namedtuple("Key", "key feedback")
Item = namedtuple("Item", "n question_edition option_order critical topic key")

Paper = namedtuple("Paper", "items left_out")


def lay(page, sector, rng):
    """A Paper: its items in order, and sentences about what had to be left out. `sector` None: everybody's."""
    blocks = list(enumerate(blocks_of(page.questions), 1))
    left_out = []
    named = BankQuestion.objects.in_bulk([v.get("question") for _n, (_id, kind, v) in blocks if kind == "bank"])
    taken = {str(question.key) for question in named.values()}
    draws = [(n, value) for n, (_id, kind, value) in blocks if kind == "draw"]
    drawn = _draw(draws, taken, sector, rng, left_out)
    chosen = []
    for n, (_id, kind, value) in blocks:
        if kind == "draw":
            chosen += [(n, *_of_bank(question)) for question in drawn.get(n, [])]
        elif kind == "bank":
            question = named.get(value.get("question"))
            if question is not None and is_for(question.sectors, sector):
                chosen.append((n, *_of_bank(question)))
        elif is_for(value.get("sectors"), sector):
            chosen.append((n, kind, value, bool(value.get("critical")), value.get("topic") or ""))
    items = []
    for n, kind, value, critical, topic in chosen:
        codes = kind_of(kind).problems(value)
        if codes:
            left_out.append(sentence(codes[0], place_of_question(n)))
        else:
            items.append(_item(page, len(items) + 1, kind, value, critical, topic, rng))
    return Paper(items, left_out)


def _item(page, n, kind, value, critical, topic, rng):
    locale = page.locale.language_code
    body, key, feedback = kind_of(kind).freeze(value)
    wording = Wording(kind, body, locale)
    order = option_order(wording, {"shuffle": page.shuffle}, rng)
    return Item(n, wording, order, critical, topic, Key(key, {locale: feedback}))


def _of_bank(question):
    ((_id, kind, value),) = blocks_of(question.body)
    return kind, value, question.critical, question.topic


def _draw(draws, taken, sector, rng, left_out):
    """{place: questions of the bank}. A draw that cannot be filled is left out; the others are drawn."""
    draws = [(n, draw) for n, draw in draws if draw.get("count") and draw.get("pool")]
    candidates = Question.objects.candidates({draw["pool"] for _n, draw in draws}) if draws else []
    if sector is None and any(draw.get("own_sector") for _n, draw in draws):
        # Everybody has some sector: the first there are questions for.
        sector = next((code for candidate in candidates for code in candidate.sectors), "")
    keys = []
    while draws:
        rules = [draw for _n, draw in draws]
        try:
            keys = draw_all(rules, candidates, sector=sector or "", taken=taken, rng=rng)
            break
        except NotEnough as error:
            n, _draw = draws.pop(error.place)
            left_out.append(not_enough(error, place_of_draw(n)))
    bank = BankQuestion.objects.filter(key__in=[key for part in keys for key in part])
    by_key = {str(question.key): question for question in bank}
    return {
        n: [by_key[key] for key in part if key in by_key] for (n, _draw), part in zip(draws, keys, strict=False)
    }
