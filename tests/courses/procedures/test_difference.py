from hypothesis import given
from hypothesis import strategies as st

from courses.procedures.difference import (
    ADDED,
    REMOVED,
    RENUMBERED,
    REWORDED,
    Wording,
    compare,
    words_changed,
)


def wording(key, number="1", title="Title", text="Text", sectors=()):
    return Wording(key, number, title, text, "", "", "", list(sectors))


def kinds(before, after):
    return [(change.key, change.kind) for change in compare(before, after)]


def test_same_editions_have_no_difference():
    assert compare([wording(1)], [wording(1)]) == []


def test_each_kind_of_change_is_named():
    before = [wording(1, "1"), wording(2, "2"), wording(3, "3"), wording(4, "4")]
    after = [wording(5, "1"), wording(1, "2"), wording(2, "3", text="Other"), wording(4, "4")]
    assert kinds(before, after) == [(5, ADDED), (1, RENUMBERED), (2, REWORDED), (3, REMOVED)]


def test_lines_broken_elsewhere_are_no_change():
    assert kinds([wording(1, text="one two\nthree")], [wording(1, text="one\ntwo  three ")]) == []


def test_other_people_concerned_is_a_change_told_with_its_words():
    (change,) = compare([wording(1)], [wording(1, sectors=["health"])])
    assert change.kind == REWORDED
    assert change.fields == {"sectors": [("in", "health")]}


def test_words_changed_are_shown_in_their_place():
    assert words_changed("Call within 24 hours.", "Call within 12 hours.") == [
        ("same", "Call within "),
        ("out", "24"),
        ("in", "12"),
        ("same", " hours."),
    ]


TEXTS = st.lists(st.sampled_from(["call", "refer", "now", "\n", "24", "12", " "]), max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_difference_leads_from_one_text_to_the_other(before, after):
    parts = words_changed(before, after)
    assert "".join(words for kind, words in parts if kind != "in") == before
    assert "".join(words for kind, words in parts if kind != "out") == after


@given(st.lists(st.integers(0, 8), unique=True), st.lists(st.integers(0, 8), unique=True))
def test_every_clause_is_told_at_most_once(old, new):
    changes = compare([wording(key) for key in old], [wording(key) for key in new])
    assert {change.key: change.kind for change in changes} == {
        **{key: ADDED for key in new if key not in old},
        **{key: REMOVED for key in old if key not in new},
    }
