"""Why a quiz may not be published: sentences that name the place."""

import random
from collections import defaultdict

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.choices import Pool, Purpose, Review
from courses.kinds import keying
from courses.people.models import Sector
from courses.questions.drawing import NotEnough, draw_all
from courses.questions.freezing import NEVER_FROZEN, is_as_frozen, question_problems
from courses.questions.models import BankQuestion, Question, QuestionEdition
from courses.questions.plain import blocks_of
from courses.questions.problems import not_enough, place_of_draw, place_of_question, sentence

NEED_PASS_MARK = {Purpose.CHECK, Purpose.FINAL}
SHOW_NO_KEY = {Purpose.PRETEST, Purpose.FINAL}


def quiz_problems(page):
    blocks = blocks_of(page.questions)
    return [
        *_policy_problems(page),
        *([] if blocks else [_("There are no questions yet.")]),
        *_written_problems(page, blocks),
        *_bank_problems(page, blocks),
        *_draw_problems(page, blocks),
    ]


def _policy_problems(page):
    found = []
    if page.purpose in NEED_PASS_MARK and not page.pass_mark:
        found.append(_("Give a pass mark."))
    if page.purpose in SHOW_NO_KEY and page.review != Review.TEST:
        found.append(
            _("A pre-test and a final test show no answers. Choose “Score and topics at the end” as feedback.")
        )
    if page.opens_at and page.closes_at and page.closes_at <= page.opens_at:
        found.append(_("It closes before it opens. Change one of the two dates."))
    return found


def _written_problems(page, blocks):
    # What nobody was asked here, people may have been asked where the quiz is used too.
    codes = defaultdict(list)
    for quiz_key in [page.translation_key, *_reused_as(page)]:
        for n, past, kind, value in _written(page, blocks, quiz_key):
            codes[n] += question_problems(past, kind=kind, value=value)
    for n, found in codes.items():
        yield from (sentence(code, place_of_question(n + 1)) for code in dict.fromkeys(found))


def _reused_as(page):
    """The keys of this quiz in other courses: publishing it here publishes it there."""
    aliases = Page.objects.filter(alias_of=page.pk) if page.pk else Page.objects.none()
    return list(aliases.values_list("translation_key", flat=True))


def places_as_frozen(page):
    """The places, from 0, of the questions written in it that are as they were last published."""
    written = _written(page, blocks_of(page.questions), page.translation_key)
    return {n for n, past, kind, value in written if is_as_frozen(past, kind=kind, value=value)}


def places_with_another_key(page):
    """The places, from 0, of questions whose key was put right in a way that their block cannot say."""
    blocks = blocks_of(page.questions)
    if not keying.NOT_WRITTEN.intersection(kind for _id, kind, _value in blocks):
        return []
    written = _written(page, blocks, page.translation_key)
    return [n for n, past, _kind, _value in written if past.key is not None and past.key.written is not None]


def _written(page, blocks, quiz_key):
    """[(place, what was frozen of it, kind, value), ...] of the questions written here; four queries."""
    written = {n: block for n, block in enumerate(blocks) if block[1] not in ("bank", "draw")}
    if not written:
        return []
    ids = [block_id for block_id, _kind, _value in written.values()]
    keys = Question.objects.keys_of_blocks(ids, quiz_key)
    editions = QuestionEdition.objects.filter(question__key__in=keys.values())
    pasts = editions.pasts(page.locale.language_code)
    return [
        (n, pasts.get(keys[block_id], NEVER_FROZEN), kind, value)
        for n, (block_id, kind, value) in written.items()
    ]


def _bank_problems(page, blocks):
    wanted = [(n, value.get("question")) for n, (_id, kind, value) in enumerate(blocks, 1) if kind == "bank"]
    if not wanted:
        return
    bank = BankQuestion.objects.in_bulk([pk for _n, pk in wanted])
    seen = {}
    for n, pk in wanted:
        place, question = place_of_question(n), bank.get(pk)
        if question is None:
            yield _("%(place)s: choose a question from the bank.") % {"place": place}
        elif not question.live:
            yield _("%(place)s is in the bank but not published yet.") % {"place": place}
        elif pk in seen:
            yield _("%(place)s is the same as question %(n)d.") % {"place": place, "n": seen[pk]}
        elif question.pool == Pool.FINAL and page.purpose != Purpose.FINAL:
            yield _("%(place)s is kept for the final test alone.") % {"place": place}
        seen.setdefault(pk, n)


def _draw_problems(page, blocks):
    draws = [(n, value) for n, (_id, kind, value) in enumerate(blocks, 1) if kind == "draw"]
    found = []
    for n, draw in draws:
        place = place_of_draw(n)
        if not draw.get("count"):
            found.append(_("%(place)s: say how many questions.") % {"place": place})
        elif (draw.get("critical") or 0) > draw["count"]:
            found.append(_("%(place)s asks for more critical questions than questions.") % {"place": place})
        elif draw.get("pool") == Pool.FINAL and page.purpose != Purpose.FINAL:
            found.append(_("%(place)s takes questions kept for the final test alone.") % {"place": place})
    if found or not draws:
        return found
    return _shortfalls(page, blocks, draws)


def _shortfalls(page, blocks, draws):
    rules = [draw for _n, draw in draws]
    candidates = Question.objects.candidates({draw["pool"] for draw in rules})
    taken = fixed_bank_keys(blocks)
    sectors = Sector.objects.filter(retired=False)
    if page.sectors:
        sectors = sectors.filter(code__in=page.sectors)
    short = {}
    for code, name in [("", ""), *sectors.values_list("code", "name")]:
        if not code and (page.sectors or any(draw.get("own_sector") for draw in rules)):
            continue  # Somebody without a sector cannot start this one: attempts.start says so.
        try:
            # Whether it can be filled does not depend on the dice.
            draw_all(rules, candidates, sector=code, taken=taken, rng=random.Random(0))  # noqa: S311
        except NotEnough as error:
            short.setdefault(not_enough(error, place_of_draw(draws[error.place][0])), []).append(name)
    return [_for_sectors(text, names) for text, names in short.items()]


def _for_sectors(text, names):
    if "" in names:
        return text
    return _("%(problem)s This concerns: %(sectors)s.") % {"problem": text, "sectors": ", ".join(names)}


def fixed_bank_keys(blocks):
    chosen = [value.get("question") for _id, kind, value in blocks if kind == "bank"]
    keys = BankQuestion.objects.filter(pk__in=chosen).values_list("key", flat=True) if chosen else []
    return {str(key) for key in keys}
