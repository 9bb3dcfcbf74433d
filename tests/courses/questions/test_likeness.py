import random

import pytest

from courses.questions import likeness
from courses.questions.likeness import Texts, are_alike, fold


@pytest.mark.parametrize(
    "text",
    ["What do you do first?", "what  do you do FIRST", "Whát do you do — first?!", "What do\nyou do first ?"],
)
def test_capitals_accents_punctuation_and_spaces_do_not_count(text):
    assert fold(text) == "what do you do first"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("What do you do first", "What do you do first?", True),
        ("Waht is the first sign of trafficking?", "What is the first sign of trafficking?", True),
        ("Who must be told first, and by whom?", "By whom, and who must be told first?", True),
        ("What do you do first?", "What do you do last, and why then?", False),
        ("Who is a child? Under 16", "Who is a child? Under 18", False),
        ("She must agree", "Agree she must", False),
        ("", "", False),
    ],
)
def test_what_reads_the_same_or_nearly(one, other, alike):
    assert are_alike(fold(one), fold(other)) is alike
    assert are_alike(fold(other), fold(one)) is alike


def test_many_are_asked_at_once():
    texts = Texts({1: "What do you do first?", 2: "What do you do frist?", 3: "Whom?", 4: "", 5: " "})

    assert texts.all_alike() == {1: [2], 2: [1]}
    assert texts.like("what do you do first", besides=1) == [2]
    assert texts.like("what do you do first") == [1, 2]
    assert texts.like("") == []


def test_the_short_way_finds_what_the_long_way_finds():
    """The prefilter drops nothing: compared with every pair, on made-up questions with slips in them."""
    dice = random.Random(4)
    words = [
        "who",
        "what",
        "when",
        "tell",
        "keep",
        "ask",
        "sign",
        "child",
        "driver",
        "border",
        "consent",
        "police",
        "first",
        "never",
        "always",
    ]
    texts = [" ".join(dice.choices(words, k=dice.randint(6, 14))) for _ in range(60)]
    for text in texts[:20]:
        n = dice.randrange(len(text) - 1)
        texts.append(text[:n] + text[n + 1] + text[n] + text[n + 2 :])
        texts.append(text[:n] + text[n + 1 :])

    by_all_pairs = {
        n: {m for m, other in enumerate(texts) if m != n and are_alike(fold(text), fold(other))}
        for n, text in enumerate(texts)
    }
    found = Texts(dict(enumerate(texts))).all_alike()

    assert {n: set(others) for n, others in found.items()} == {n: o for n, o in by_all_pairs.items() if o}
    assert len(found) >= 40


def test_a_large_bank_is_compared_pair_by_pair_only_where_it_must(monkeypatch):
    """Some hundred comparisons, not the half a million pairs of a thousand questions."""
    compared = []
    really = likeness.are_alike
    monkeypatch.setattr(likeness, "are_alike", lambda *pair: compared.append(pair) or really(*pair))
    dice = random.Random(7)
    parts = ["ka", "lo", "mi", "su", "te", "ra", "vo", "ben", "dir", "fal"]
    words = [f"{dice.choice(parts)}{dice.choice(parts)}{dice.choice(parts)}" for _ in range(300)]
    texts = {n: " ".join(dice.choices(words, k=10)) for n in range(1000)}
    texts[1000] = texts[0].upper() + "!"
    texts[1001] = texts[1][:-1]

    assert Texts(texts).all_alike() == {0: [1000], 1000: [0], 1: [1001], 1001: [1]}
    assert len(compared) < 1000
