"""A branching story as cards for a table: their numbers, the letters of their choices, and reading the way that
a table took from what it wrote down. Pure.

Nothing on a card tells how far the story is or which choice is good: numbers and letters come by lot, and the
lot falls the same way for the same deck for ever. The first card is number 1.
"""

import hashlib
import re
from collections import namedtuple
from string import ascii_uppercase

# `place`: the id of a situation or an ending. `choices`: [Way, ...] in the order of their letters; () of an
# ending.
Card = namedtuple("Card", "n place choices")
# `id`: of the choice. `to`: the number of the card that it leads to.
Way = namedtuple("Way", "letter id to")
# `code`: one of the below. `at`: the number of the card at which it happened; `said`: what was written there.
Problem = namedtuple("Problem", "code at said")
UNREADABLE, OTHER_CARD, NO_LETTER, AFTER_THE_END = "unreadable", "other_card", "no_letter", "after_the_end"


def deal(story, seed):
    """[Card, ...] of a sound story (`graph.faults` finds none), by their numbers. `seed`: any text."""
    first = story["situations"][0]["id"]
    places = [one["id"] for one in [*story["situations"], *story["endings"]]]
    order = [first, *_by_lot((one for one in places if one != first), seed)]
    number = {place: n for n, place in enumerate(order, 1)}
    choices = {one["id"]: {choice["id"]: choice for choice in one["choices"]} for one in story["situations"]}
    return [
        Card(
            n,
            place,
            tuple(
                Way(letter, known, number[choices[place][known]["to"]])
                for letter, known in zip(
                    ascii_uppercase, _by_lot(choices.get(place, ()), f"{seed}/{place}"), strict=False
                )
            ),
        )
        for place, n in number.items()
    ]


def _by_lot(names, seed):
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).digest())


def read(text, cards):
    """(log, problems) of the way a table wrote down, such as “1B 7A 3C” or “B A C”.

    `log`: [(situation, choice), ...] as `scenarios.playing` takes it, up to the first problem; a way may stop
    before an ending, where time was up. `problems`: one Problem at most, since what follows it means nothing.
    """
    by_number = {card.n: card for card in cards}
    here, log = by_number[1], []
    for said in re.findall(r"[^\s,;.:>→–—-]+", text):
        found = re.fullmatch(r"(\d*)([A-Za-z])", said)
        if found is None:
            return log, [Problem(UNREADABLE, here.n, said)]
        if not here.choices:
            return log, [Problem(AFTER_THE_END, here.n, said)]
        if found[1] and int(found[1]) != here.n:
            return log, [Problem(OTHER_CARD, here.n, said)]
        way = next((one for one in here.choices if one.letter == found[2].upper()), None)
        if way is None:
            return log, [Problem(NO_LETTER, here.n, said)]
        log.append((here.place, way.id))
        here = by_number[way.to]
    return log, []


def written(log, cards):
    """The way of a log as a table writes it: “1B 7A”."""
    by_place = {card.place: card for card in cards}
    return " ".join(
        f"{by_place[place].n}{next(one.letter for one in by_place[place].choices if one.id == choice)}"
        for place, choice in log
    )
