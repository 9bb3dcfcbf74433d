"""Another key for a question as it was asked, of every kind, and in its block."""

import pytest

from courses.kinds import KINDS, BadAnswer, keying, kind_of
from courses.questions.plain import plain
from tests import blocks


def frozen(block):
    return kind_of(block["type"]).freeze(plain(block["value"], block["id"]))


def another_key(kind, body, key):
    """A key that is not the first one, read from the form's answer."""
    right = key["right"]
    payload = {
        "single": lambda: {"chosen": [body["options"][1]["id"]]},
        "multiple": lambda: {"chosen": [option["id"] for option in body["options"][1:]]},
        "true_false": lambda: {"chosen": ["false"]},
        "matching": lambda: {"rows": dict(zip(right, reversed(right.values()), strict=True))},
        "ordering": lambda: {"rows": {entry: len(right) + 1 - place for entry, place in right.items()}},
        "short": lambda: {"text": "Agreement"},
        "numeric": lambda: {"text": "21,50"},
        "case": lambda: {"parts": {part["id"]: [part["options"][-1]["id"]] for part in body["parts"]}},
    }[kind]()
    return keying.read_key(kind, body, payload, accepted=["Consent"], tolerance="0,5")


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_that_is_right_now_makes_the_key(kind):
    body, key, _feedback = frozen(getattr(blocks, kind)())
    new = another_key(kind, body, key)

    assert new != key
    assert kind_of(kind).mark(body, new, keying.right_answer(kind, new)) == 1
    # Read once more from its own right answer, it is the same.
    more = {"accepted": new["right"][1:]} if kind == "short" else {"tolerance": new.get("tolerance", "0")}
    assert keying.read_key(kind, body, keying.right_answer(kind, new), **more) == new


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in keying.NOT_WRITTEN])
def test_its_block_says_the_new_key_and_asks_the_same(kind):
    block = getattr(blocks, kind)()
    body, key, feedback = frozen(block)
    new = another_key(kind, body, key)

    (body_now, *rest) = frozen(keying.with_key(block, kind, new))
    assert rest == [new, feedback]
    # The entries of an order are kept by lot.
    assert {**body_now, "options": {str(one) for one in body_now["options"]}} == {
        **body, "options": {str(one) for one in body["options"]},
    }  # fmt: skip
    assert frozen(block)[1] == key
    assert keying.with_key(block, "another kind", new) is block


def test_a_block_of_pairs_cannot_say_another_key():
    block = blocks.matching()
    body, key, _feedback = frozen(block)
    assert keying.with_key(block, "matching", another_key("matching", body, key)) == block


@pytest.mark.parametrize(
    ("kind", "payload", "more"),
    [
        ("single", {"not_sure": True}, {}),
        ("single", {"chosen": []}, {}),
        ("single", {"chosen": ["elsewhere"]}, {}),
        ("numeric", {"text": "many"}, {}),
        ("numeric", {"text": "18"}, {"tolerance": "-1"}),
        ("short", {"text": "Consent"}, {"accepted": ["´"]}),
    ],
)
def test_what_cannot_be_right_is_no_key(kind, payload, more):
    body, _key, _feedback = frozen(getattr(blocks, kind)())
    with pytest.raises(BadAnswer):
        keying.read_key(kind, body, payload, **more)


def test_not_everything_is_right():
    body, _key, _feedback = frozen(blocks.multiple())
    with pytest.raises(BadAnswer, match="all_right"):
        keying.read_key("multiple", body, {"chosen": [option["id"] for option in body["options"]]})
