"""Every kind behind the same small face."""

from fractions import Fraction

import pytest

from courses.kinds import KINDS, BadAnswer, kind_of
from courses.kinds.answering import option_ids


def option(option_id, text, right=False, why=""):
    return {"id": option_id, "text": text, "right": right, "why": why}


def choice(*options, **kwargs):
    return {"stem": "What first?", "options": list(options), "why": "Listen.", "change": "slip", **kwargs}


ONE = choice(option("a", "Listen", True, "Yes."), option("b", "Promise"), option("c", "Leave", why="No."))
TWO = choice(option("a", "Listen", True), option("b", "Note", True), option("c", "Promise"), option("d", "Go"))
TRUE = {"stem": "It is.", "answer": "true", "why_true": "Yes.", "why_false": "No.", "why": "So."}


FACE = {"ASKS", "SEVERAL", "SHUFFLES", "freeze", "problems", "check_payload", "mark", "fields", "said", "right"}


def test_every_kind_has_the_same_face():
    for name, kind in KINDS.items():
        assert name == kind.NAME
        assert set(vars(kind)) >= FACE


def test_freezing_keeps_key_and_feedback_out_of_the_body():
    assert kind_of("single").freeze(ONE) == (
        {
            "stem": "What first?",
            "options": [
                {"id": "a", "text": "Listen"},
                {"id": "b", "text": "Promise"},
                {"id": "c", "text": "Leave"},
            ],
        },
        {"right": ["a"]},
        {"options": {"a": "Yes.", "c": "No."}, "general": "Listen."},
    )


def test_true_and_false_are_options_like_any_other():
    body, key, feedback = kind_of("true_false").freeze(TRUE)
    assert body == {
        "stem": "It is.",
        "options": [{"id": "true", "text": "True"}, {"id": "false", "text": "False"}],
    }
    assert key == {"right": ["true"]}
    assert feedback == {"options": {"true": "Yes.", "false": "No."}, "general": "So."}


@pytest.mark.parametrize(
    ("kind", "value", "codes"),
    [
        ("single", ONE, []),
        ("multiple", TWO, []),
        ("true_false", TRUE, []),
        ("single", choice(option("a", "Listen"), option("b", "Go")), ["no_key"]),
        ("single", choice(option("a", "Listen", True), option("b", "Go", True)), ["several_right"]),
        ("single", choice(option("a", "Listen", True)), ["few_options"]),
        ("single", choice(option("a", "Go", True), option("b", " go ")), ["same_options"]),
        ("single", choice(option("a", "Go", True), option("b", " ")), ["empty_option"]),
        ("single", {}, ["no_stem", "few_options", "no_key"]),
        ("multiple", choice(*(option(i, i, True) for i in "abc")), ["all_right"]),
        ("multiple", choice(*(option(i, i) for i in "abc")), ["no_key"]),
        ("true_false", {**TRUE, "answer": ""}, ["no_key"]),
        ("true_false", {}, ["no_stem", "no_key"]),
    ],
)
def test_problems_are_named(kind, value, codes):
    assert kind_of(kind).problems(value) == codes


HOSTILE = [
    (None, "malformed"),
    ([], "malformed"),
    ("a", "malformed"),
    ({}, "malformed"),
    ({"chosen": "a"}, "malformed"),
    ({"chosen": [1]}, "malformed"),
    ({"chosen": [["a"]]}, "malformed"),
    ({"chosen": ["a"], "score": 100}, "malformed"),
    ({"right": ["a"]}, "malformed"),
    ({"not_sure": False}, "malformed"),
    ({"not_sure": 1}, "malformed"),
    ({"not_sure": True, "chosen": ["a"]}, "both"),
    ({"chosen": []}, "nothing_chosen"),
    ({"chosen": ["x"]}, "unknown_option"),
    ({"chosen": [""]}, "unknown_option"),
    ({"chosen": ["\x00"]}, "unknown_option"),
    ({"chosen": ["a", "a"]}, "too_many"),
    ({"chosen": ["x"] * 10_000}, "too_many"),
]


@pytest.mark.parametrize(("payload", "code"), HOSTILE)
@pytest.mark.parametrize(("kind", "value"), [("single", ONE), ("multiple", TWO)])
def test_hostile_answers_are_refused(kind, value, payload, code):
    body, _key, _feedback = kind_of(kind).freeze(value)
    with pytest.raises(BadAnswer) as refused:
        kind_of(kind).check_payload(body, payload)
    assert refused.value.code == code


def test_a_single_choice_takes_one_answer():
    body, _key, _feedback = kind_of("single").freeze(ONE)
    with pytest.raises(BadAnswer):
        kind_of("single").check_payload(body, {"chosen": ["a", "b"]})
    assert kind_of("single").check_payload(body, {"chosen": ["b"]}) == {"chosen": ["b"]}


def test_the_same_choice_in_another_order_is_stored_the_same():
    body, _key, _feedback = kind_of("multiple").freeze(TWO)
    check = kind_of("multiple").check_payload
    assert check(body, {"chosen": ["c", "a"]}) == check(body, {"chosen": ["a", "c"]})


@pytest.mark.parametrize(
    ("kind", "value", "payload", "fraction"),
    [
        ("single", ONE, {"chosen": ["a"]}, 1),
        ("single", ONE, {"chosen": ["b"]}, 0),
        ("single", ONE, {"not_sure": True}, 0),
        ("single", ONE, None, 0),
        ("true_false", TRUE, {"chosen": ["true"]}, 1),
        ("true_false", TRUE, {"chosen": ["false"]}, 0),
        ("multiple", TWO, {"chosen": ["a", "b"]}, 1),
        ("multiple", TWO, {"chosen": ["a"]}, Fraction(1, 2)),
        ("multiple", TWO, {"chosen": ["a", "b", "c"]}, Fraction(1, 2)),
        ("multiple", TWO, {"chosen": ["a", "c"]}, 0),
        ("multiple", TWO, {"chosen": ["c", "d"]}, 0),
        ("multiple", TWO, {"chosen": ["a", "b", "c", "d"]}, 0),
        ("multiple", TWO, {"not_sure": True}, 0),
        ("multiple", TWO, None, 0),
    ],
)
def test_marks(kind, value, payload, fraction):
    body, key, _feedback = kind_of(kind).freeze(value)
    assert kind_of(kind).mark(body, key, payload) == fraction


def test_answers_can_be_said_in_words():
    body, key, _feedback = kind_of("multiple").freeze(TWO)
    assert option_ids(body) == ["a", "b", "c", "d"]
    assert kind_of("multiple").right(body, key) == ["Listen", "Note"]
    order = ["d", "c", "b", "a"]
    said = [
        kind_of("multiple").said(body, order, payload)
        for payload in ({"chosen": ["a", "c"]}, {"not_sure": True}, None)
    ]
    assert said == [["Promise", "Listen"], [], []]
