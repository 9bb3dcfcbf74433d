"""The paper that somebody of a sector would get from a draft of a quiz. Reads, and writes nothing."""

from collections import namedtuple

from courses.kinds import kind_of
from courses.questions.drawing import NotEnough, draw_all
from courses.questions.models import BankQuestion, Question
from courses.questions.plain import blocks_of
from courses.questions.problems import not_enough, place_of_draw, place_of_question, sentence
from courses.quizzes.shuffling import option_order
from courses.sectors import is_for

# What `showing` and `marking` ask of the rows of the record that a draft has none of.
Wording = namedtuple("Wording", "kind body locale")
Key = namedtuple("Key", "key feedback")
Item = namedtuple("Item", "n question_edition option_order critical topic key question_key clauses")

Paper = namedtuple("Paper", "items left_out")


def lay(page, sector, rng):
    """A Paper: its items in order, and sentences about what had to be left out. `sector` None: everybody's."""
    blocks, left_out = blocks_of(page.questions), []
    bank = of_bank(blocks, sector, rng, left_out)
    chosen = []
    for n, (block_id, kind, value) in enumerate(blocks, 1):
        if kind in ("bank", "draw"):
            chosen += [(n, *_written(question)) for question in bank.get(n, [])]
        elif is_for(value.get("sectors"), sector):
            critical, topic = bool(value.get("critical")), value.get("topic") or ""
            chosen.append((n, block_id, kind, value, critical, topic))
    items = []
    for n, key, kind, value, critical, topic in chosen:
        codes = kind_of(kind).problems(value) if kind else ["no_stem"]
        if codes:
            left_out.append(sentence(codes[0], place_of_question(n)))
        else:
            items.append(_item(page, len(items) + 1, key, kind, value, critical, topic, rng))
    return Paper(items, left_out)


def of_bank(blocks, sector, rng, left_out):
    """{place: [BankQuestion, ...]}: what these blocks name of the bank, and what they draw.

    Sentences about draws that cannot be filled are added to `left_out`.
    """
    places = list(enumerate(blocks, 1))
    named = {n: value.get("question") for n, (_id, kind, value) in places if kind == "bank"}
    bank = BankQuestion.objects.in_bulk(list(named.values()))
    taken = {str(question.key) for question in bank.values()}
    draws = [(n, value) for n, (_id, kind, value) in places if kind == "draw"]
    asked = {n: [bank[pk]] for n, pk in named.items() if pk in bank and is_for(bank[pk].sectors, sector)}
    return asked | _draw(draws, taken, sector, rng, left_out)


def _item(page, n, question_key, kind, value, critical, topic, rng):
    locale = page.locale.language_code
    body, key, feedback = kind_of(kind).freeze(value)
    wording = Wording(kind, body, locale)
    order = option_order(wording, {"shuffle": page.shuffle}, rng)
    said, clauses = Key(key, {locale: feedback}), value.get("clauses") or []
    return Item(n, wording, order, critical, topic, said, question_key, clauses)


def _written(question):
    """Of kind "" where the draft has no question yet."""
    kind, value = next(((kind, value) for _id, kind, value in blocks_of(question.body)), ("", {}))
    return str(question.key), kind, value, question.critical, question.topic


def _draw(draws, taken, sector, rng, left_out):
    """{place: questions of the bank}. A draw that cannot be filled is left out; the others are drawn."""
    draws = [(n, draw) for n, draw in draws if draw.get("count") and draw.get("pool")]
    candidates = Question.objects.candidates({draw["pool"] for _n, draw in draws}) if draws else []
    if sector is None:
        # Everybody has some sector: the first there are questions for.
        sector = next((code for candidate in candidates for code in candidate.sectors), "")
    keys = []
    while draws:
        rules = [draw for _n, draw in draws]
        try:
            keys = draw_all(rules, candidates, sector=sector, taken=taken, rng=rng)
            break
        except NotEnough as error:
            n, _draw = draws.pop(error.place)
            left_out.append(not_enough(error, place_of_draw(n)))
    bank = BankQuestion.objects.filter(key__in=[key for part in keys for key in part])
    by_key = {str(question.key): question for question in bank}
    return {
        n: [by_key[key] for key in part if key in by_key] for (n, _draw), part in zip(draws, keys, strict=False)
    }
