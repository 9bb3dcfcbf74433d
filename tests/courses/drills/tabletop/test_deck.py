"""Cards: numbered by lot, and the way of a table read from what it wrote down."""

import random
import re

from hypothesis import given, strategies

from courses.drills.scenarios.graph import faults
from courses.drills.scenarios.playing import play
from courses.drills.tabletop import deck
from tests.courses.drills.scenarios.stories import situation, sound_story, story

STORY = story(situation("door", "room", "end"), situation("room", "end", "door"))


def card_of(cards, place):
    return next(card for card in cards if card.place == place)


def letter_to(card, n):
    """What is written for the choice that leads to card n."""
    return f"{card.n}{next(way.letter for way in card.choices if way.to == n)}"


@given(sound_story(), strategies.text(max_size=8))
def test_every_place_is_one_card_and_every_choice_leads_to_the_card_of_its_place(found, seed):
    assert not faults(found)
    cards = deck.deal(found, seed)
    number = {card.place: card.n for card in cards}
    assert sorted(number.values()) == list(range(1, len(found["situations"]) + len(found["endings"]) + 1))
    assert number[found["situations"][0]["id"]] == 1
    for one in found["situations"]:
        ways = {way.id: way.to for way in card_of(cards, one["id"]).choices}
        assert ways == {choice["id"]: number[choice["to"]] for choice in one["choices"]}
    assert all(card_of(cards, one["id"]).choices == () for one in found["endings"])


@given(sound_story(), strategies.text(max_size=8))
def test_the_lot_falls_the_same_way_for_the_same_deck(found, seed):
    assert deck.deal(found, seed) == deck.deal(found, seed)


def test_the_lot_falls_in_many_ways():
    found = story(situation("door", "a", "b", "c"), *(situation(one, "end", "end") for one in "abc"))
    decks = {tuple(card.place for card in deck.deal(found, str(n))) for n in range(60)}
    assert len(decks) > 12
    assert {one[0] for one in decks} == {"door"}


@given(sound_story(), strategies.randoms(use_true_random=False), strategies.integers(0, 30))
def test_whatever_way_a_table_takes_is_read_as_it_wrote_it(found, lot, most):
    choices = {one["id"]: one["choices"] for one in found["situations"]}
    log, here = [], found["situations"][0]["id"]
    while here in choices and len(log) < most:
        made = lot.choice(choices[here])
        log.append((here, made["id"]))
        here = made["to"]
    cards = deck.deal(found, "seed")
    said = deck.written(log, cards)
    assert deck.read(said, cards) == (log, [])
    assert deck.read(" ".join(re.findall("[A-Z]", said)), cards) == (log, [])
    assert play(found, log, back=False).here == here


def test_what_people_type_between_does_not_matter():
    cards = deck.deal(STORY, "seed")
    door, room = card_of(cards, "door"), card_of(cards, "room")
    first, last = letter_to(door, room.n), letter_to(room, card_of(cards, "end").n)
    expected = deck.read(f"{first} {last}", cards)
    assert len(expected[0]) == 2
    assert deck.read(f" {first.lower()} → {last},\n", cards) == expected
    assert deck.read("", cards) == ([], [])


def test_a_sheet_that_does_not_fit_is_told_where():
    cards = deck.deal(STORY, "seed")
    door, room, end = (card_of(cards, place) for place in ("door", "room", "end"))
    first, last = letter_to(door, room.n), letter_to(room, end.n)
    other = next(n for n in (2, 3) if n != room.n)
    for text, code, at, said in [
        ("1?", deck.UNREADABLE, 1, "1?"),
        (f"{first} {other}A", deck.OTHER_CARD, room.n, f"{other}A"),
        (f"{first} {room.n}Z", deck.NO_LETTER, room.n, f"{room.n}Z"),
        (f"{first} {last} 1A", deck.AFTER_THE_END, end.n, "1A"),
        (f"{first} 99999999999A", deck.OTHER_CARD, room.n, "99999999999A"),
    ]:
        _log, problems = deck.read(text, cards)
        assert problems == [deck.Problem(code, at, said)]


@given(strategies.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(text):
    log, problems = deck.read(text, deck.deal(STORY, "seed"))
    assert len(problems) <= 1
    assert all(place in {"door", "room"} for place, _choice in log)


def test_numbers_do_not_follow_the_story():
    """Who draws card 2 after card 1 has not simply gone on: of many decks it is the case in some only."""
    found = story(*(situation(f"s{n}", f"s{n + 1}" if n < 8 else "end", "end") for n in range(9)))
    lot = random.Random(1)
    in_order = 0
    for _n in range(50):
        places = [card.place for card in deck.deal(found, str(lot.random()))]
        in_order += places[:3] == ["s0", "s1", "s2"]
    assert in_order < 10
