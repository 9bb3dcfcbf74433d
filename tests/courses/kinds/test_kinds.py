"""Every kind behind the same small face."""

from fractions import Fraction

import pytest

from courses.kinds import KINDS, BadAnswer, kind_of
from courses.kinds.answering import InPart, option_ids


def option(option_id, text, right=False, why=""):
    return {"id": option_id, "text": text, "right": right, "why": why}


def choice(*options, **kwargs):
    return {"stem": "What first?", "options": list(options), "why": "Listen.", "change": "slip", **kwargs}


ONE = choice(option("a", "Listen", True, "Yes."), option("b", "Promise"), option("c", "Leave", why="No."))
TWO = choice(option("a", "Listen", True), option("b", "Note", True), option("c", "Promise"), option("d", "Go"))
MATCH = {
    "stem": "Match.",
    "pairs": [
        {"id": str(n), "left": left, "right": right} for n, (left, right) in enumerate(["Aa", "Bb", "Cc"])
    ],
    "others": [{"id": "9", "text": "d"}],
    "why": "So.",
}
ORDER = {"stem": "Order.", "entries": [{"id": i, "text": i.upper()} for i in "abcd"], "why": "So."}
WORD = {
    "stem": "Word?",
    "accepted": [{"id": "1", "text": " Consentement éclairé "}, {"id": "2", "text": "Informed consent"}],
}
NUMBER = {"stem": "How many?", "answer": "2.50", "tolerance": "0.5", "unit": "km", "why": "So."}
CASE = {
    "stem": "K. asks for help.",
    "parts": [
        {"id": "p", "text": "What first?", "options": ONE["options"], "why": "Safety."},
        {"id": "q", "text": "And then?", "several": True, "options": [
            option("e", "Note", True), option("f", "Refer", True), option("g", "Tell the press", why="Never."),
        ]},
    ],
    "why": "So.",
}  # fmt: skip
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
        ("matching", MATCH, []),
        ("matching", {}, ["no_stem", "few_pairs"]),
        ("matching", {**MATCH, "others": [{"id": "9", "text": "A"}]}, ["same_options"]),
        ("matching", {**MATCH, "others": [{"id": "9", "text": ""}]}, ["empty_option"]),
        ("matching", {**MATCH, "pairs": [MATCH["pairs"][0], {"id": "x"}]}, ["empty_option"]),
        ("ordering", ORDER, []),
        ("ordering", {}, ["no_stem", "few_entries"]),
        ("ordering", {**ORDER, "entries": [{"id": i, "text": i} for i in "aAb"]}, ["same_options"]),
        ("ordering", {**ORDER, "entries": [{"id": i, "text": i.strip()} for i in "ab "]}, ["empty_option"]),
        ("short", WORD, []),
        ("short", {}, ["no_stem", "no_accepted"]),
        ("short", {**WORD, "accepted": [{"id": "1", "text": " "}]}, ["no_accepted"]),
        ("short", {**WORD, "accepted": [{"id": "1", "text": "x" * 201}]}, ["long_option"]),
        ("numeric", NUMBER, []),
        ("numeric", {"stem": "?", "answer": 18}, []),
        ("numeric", {}, ["no_stem", "no_number"]),
        ("numeric", {**NUMBER, "answer": "NaN"}, ["no_number"]),
        ("numeric", {**NUMBER, "answer": "1e20"}, ["long_number"]),
        ("numeric", {**NUMBER, "tolerance": "-1"}, ["bad_tolerance"]),
        ("case", CASE, []),
        ("case", {}, ["no_stem", "few_parts"]),
        ("case", {**CASE, "parts": CASE["parts"][:1]}, ["few_parts"]),
        (
            "case",
            {
                **CASE,
                "parts": [CASE["parts"][0], {"id": "q", "text": "", "options": CASE["parts"][1]["options"]}],
            },
            [InPart("no_stem", 2), InPart("several_right", 2)],
        ),
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


# --- Matching, ordering, writing ---------------------------------------------------------


def frozen(kind, value):
    return kind_of(kind).freeze(value)


def test_matching_keeps_the_pairs_out_of_the_body():
    body, key, feedback = frozen("matching", MATCH)
    assert [row["text"] for row in body["rows"]] == ["A", "B", "C"]
    assert sorted(option["text"] for option in body["options"]) == ["a", "b", "c", "d"]
    texts = {one["id"]: one["text"] for one in [*body["rows"], *body["options"]]}
    assert len(texts) == 7
    assert {texts[row]: texts[option] for row, option in key["right"].items()} == {"A": "a", "B": "b", "C": "c"}
    assert feedback == {"options": {}, "general": "So."}
    assert kind_of("matching").right(body, key) == ["A: a", "B: b", "C: c"]


def test_an_order_is_kept_out_of_the_body():
    body, key, _feedback = frozen("ordering", ORDER)
    assert option_ids(body) != ["a", "b", "c", "d"]
    assert key == {"right": {"a": 1, "b": 2, "c": 3, "d": 4}}
    assert kind_of("ordering").right(body, key) == ["1. A", "2. B", "3. C", "4. D"]


def placed(**places):
    return {"rows": places}


@pytest.mark.parametrize(
    ("payload", "fraction"),
    [
        (placed(a=1, b=2, c=3, d=4), 1),
        (placed(a="1", b="2", c="4", d="3"), Fraction(1, 2)),
        (placed(a=2, b=3, c=4, d=1), 0),
        ({"not_sure": True}, 0),
    ],
)
def test_each_entry_counts_at_its_place(payload, fraction):
    body, key, _feedback = frozen("ordering", ORDER)
    stored = kind_of("ordering").check_payload(body, payload)
    assert kind_of("ordering").mark(body, key, stored) == fraction


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (placed(a=1, b=1, c=3, d=4), "same_place"),
        (placed(a=1, b="", c=3, d=4), "incomplete"),
        (placed(a=1), "incomplete"),
        (placed(), "incomplete"),
        (placed(a=1, b=2, c=3, d=4, e=5), "unknown_option"),
        (placed(a=1, b=2, c=3, d=5), "unknown_option"),
        (placed(a=0, b=2, c=3, d=4), "unknown_option"),
        (placed(a=1, b=2, c=3, d="4" * 5000), "unknown_option"),
        (placed(a=True, b=2, c=3, d=4), "malformed"),
        (placed(a=1.0, b=2, c=3, d=4), "malformed"),
        (placed(a=[1], b=2, c=3, d=4), "malformed"),
        ({"rows": ["a"]}, "malformed"),
        ({"chosen": ["a"]}, "malformed"),
        ({**placed(a=1, b=2, c=3, d=4), "not_sure": True}, "both"),
        ({"not_sure": 1}, "malformed"),
    ],
)
def test_an_order_that_is_none_is_refused(payload, code):
    body, _key, _feedback = frozen("ordering", ORDER)
    with pytest.raises(BadAnswer) as refused:
        kind_of("ordering").check_payload(body, payload)
    assert refused.value.code == code


def test_each_right_row_counts():
    body, key, _feedback = frozen("matching", MATCH)
    matching, right = kind_of("matching"), key["right"]
    first, second, _third = right
    same = dict.fromkeys(right, right[first])
    swapped = {**right, first: right[second], second: right[first]}
    marks = [
        matching.mark(body, key, matching.check_payload(body, {"rows": rows}))
        for rows in (right, same, swapped)
    ]
    assert marks == [1, Fraction(1, 3), Fraction(1, 3)]
    for rows, code in (
        ({**right, first: "x"}, "unknown_option"),
        ({**right, first: 1}, "malformed"),
        ({**right, first: first}, "unknown_option"),
        ({**right, first: None}, "incomplete"),
    ):
        with pytest.raises(BadAnswer) as refused:
            matching.check_payload(body, {"rows": rows})
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("informed consent", 1),
        ("  INFORMED   Consent ", 1),
        ("consentement eclaire", 1),
        ("Consentement e\u0301claire\u0301", 1),
        ("informed\u200b\u00a0consent", 1),
        ("informedconsent", 0),
        ("consent", 0),
    ],
)
def test_case_accents_and_spaces_do_not_count(text, fraction):
    body, key, _feedback = frozen("short", WORD)
    stored = kind_of("short").check_payload(body, {"text": text})
    assert kind_of("short").mark(body, key, stored) == fraction
    assert kind_of("short").right(body, key) == ["Consentement éclairé"]


@pytest.mark.parametrize("kind", ["short", "numeric"])
@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"text": ""}, "nothing_written"),
        ({"text": " \u200b\x00 "}, "nothing_written"),
        ({"text": "x" * 201}, "too_long"),
        ({"text": "x" * 10**6}, "too_long"),
        ({"text": "\ud800"}, "malformed"),
        ({"text": ["x"]}, "malformed"),
        ({"text": None}, "malformed"),
        ({"text": "1", "not_sure": True}, "both"),
        ({"chosen": []}, "malformed"),
    ],
)
def test_what_cannot_be_kept_is_refused(kind, payload, code):
    body, _key, _feedback = frozen(kind, {"short": WORD, "numeric": NUMBER}[kind])
    with pytest.raises(BadAnswer) as refused:
        kind_of(kind).check_payload(body, payload)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "stored", "fraction"),
    [
        ("2.5", "2.5", 1),
        ("2,5", "2.5", 1),
        (" +03,000 ", "3", 1),
        ("3.01", "3.01", 0),
        ("2", "2", 1),
        ("1.999", "1.999", 0),
        ("−2.5", "-2.5", 0),
        ("-0", "0", 0),
        ("0,125", "0.125", 0),
        ("1000", "1000", 0),
    ],
)
def test_numbers_with_a_point_or_a_comma(text, stored, fraction):
    body, key, _feedback = frozen("numeric", NUMBER)
    assert key == {"right": "2.5", "tolerance": "0.5"}
    assert kind_of("numeric").check_payload(body, {"text": text}) == {"text": stored}
    assert kind_of("numeric").mark(body, key, {"text": stored}) == fraction
    assert kind_of("numeric").right(body, key) == ["2.5 ± 0.5 km"]


@pytest.mark.parametrize(
    "text", ["two", "1,000", "1 000", "1e3", "2.5 km", ".5", "1.2.3", "٣", "NaN", "9" * 13]
)
def test_what_is_no_number_is_refused(text):
    body, _key, _feedback = frozen("numeric", NUMBER)
    with pytest.raises(BadAnswer) as refused:
        kind_of("numeric").check_payload(body, {"text": text})
    assert refused.value.code == "not_a_number"


def test_a_case_keeps_its_keys_and_whys_out_of_the_body():
    body, key, feedback = frozen("case", CASE)
    assert body == {
        "stem": "K. asks for help.",
        "options": [],
        "parts": [
            {
                "id": "p",
                "text": "What first?",
                "several": False,
                "options": [
                    {"id": i, "text": t} for i, t in (("a", "Listen"), ("b", "Promise"), ("c", "Leave"))
                ],
            },
            {
                "id": "q",
                "text": "And then?",
                "several": True,
                "options": [
                    {"id": i, "text": t} for i, t in (("e", "Note"), ("f", "Refer"), ("g", "Tell the press"))
                ],
            },
        ],
    }
    assert key == {"right": {"p": ["a"], "q": ["e", "f"]}}
    whys = {"a": "Yes.", "c": "No.", "g": "Never."}
    assert feedback == {"options": whys, "parts": {"p": "Safety."}, "general": "So."}
    assert option_ids(body) == list("abcefg")
    assert kind_of("case").right(body, key) == ["1. Listen", "2. Note, Refer"]
    order = list("gfecba")
    shown = kind_of("case").fields(body, order, {"parts": {"q": ["f"]}})["parts"]
    assert [[one["id"] for one in part["options"]] for part in shown] == [["c", "b", "a"], ["g", "f", "e"]]
    assert [part["wrong"] for part in shown] == [True, False]


@pytest.mark.parametrize(
    ("parts", "fraction"),
    [
        ({"p": ["a"], "q": ["f", "e"]}, 1),
        ({"p": ["a"], "q": ["e"]}, Fraction(3, 4)),
        ({"p": ["b"], "q": ["e", "g"]}, 0),
        ({"p": ["a"], "q": ["g"]}, Fraction(1, 2)),
    ],
)
def test_each_part_of_a_case_counts_the_same(parts, fraction):
    body, key, _feedback = frozen("case", CASE)
    stored = kind_of("case").check_payload(body, {"parts": parts})
    assert kind_of("case").mark(body, key, stored) == fraction


@pytest.mark.parametrize(
    ("payload", "code", "places"),
    [
        ({"parts": {"p": ["a"]}}, "open_parts", (2,)),
        ({"parts": {"q": None, "p": []}}, "open_parts", (1, 2)),
        ({"parts": {}}, "open_parts", (1, 2)),
        ({"parts": {"p": ["a", "b"], "q": ["e"]}}, "too_many", ()),
        ({"parts": {"p": ["e"], "q": ["e"]}}, "unknown_option", ()),
        ({"parts": {"p": ["a"], "q": ["e"], "x": ["e"]}}, "unknown_option", ()),
        ({"parts": {"p": "a", "q": ["e"]}}, "malformed", ()),
        ({"parts": {"p": [["a"]], "q": ["e"]}}, "malformed", ()),
        ({"parts": [["a"], ["e"]]}, "malformed", ()),
        ({"chosen": ["a"]}, "malformed", ()),
        ({"parts": {"p": ["a"], "q": ["e"]}, "not_sure": True}, "both", ()),
    ],
)
def test_an_answer_to_a_case_that_is_none_is_refused(payload, code, places):
    body, _key, _feedback = frozen("case", CASE)
    with pytest.raises(BadAnswer) as refused:
        kind_of("case").check_payload(body, payload)
    assert (refused.value.code, refused.value.places) == (code, places)


@pytest.mark.parametrize("kind", KINDS)
def test_half_written_questions_can_be_frozen_for_a_preview(kind):
    body, key, _feedback = frozen(kind, {})
    assert kind_of(kind).fields(body, option_ids(body), None)["typed"] == ""
    assert kind_of(kind).right(body, key) == []
