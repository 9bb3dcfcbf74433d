"""What holds for every kind, whatever is asked and whatever is answered."""

import json
import random
import uuid
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from courses.kinds import KINDS, BadAnswer, form, kind_of
from courses.kinds.answering import NOT_SURE, option_ids

# No deadline: a busy machine is no fault of a kind.
EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).filter(
    lambda text: text.strip()
)
IDS = st.uuids(version=4).map(str)


def items(least, most, **fields):
    """Items of a list, each with an id and texts of its own."""
    one = st.fixed_dictionaries({"id": IDS, **fields})
    unique = [lambda item, name=name: str(item[name]).casefold().strip() for name in ("id", *fields)]
    return st.lists(one, min_size=least, max_size=most, unique_by=tuple(unique))


@st.composite
def ticked(draw, kind):
    options = draw(items(3, 6, text=WORDS))
    ids = [option["id"] for option in options]
    most = 1 if kind == "single" else len(ids) - 1
    right = draw(st.sets(st.sampled_from(ids), min_size=1, max_size=most))
    return {"stem": "Which?", "options": [{**option, "right": option["id"] in right} for option in options]}


@st.composite
def parts(draw):
    """Of a case: each a choice of its own, with ids that no other part has."""
    flags = draw(st.lists(st.booleans(), min_size=2, max_size=4))
    ids, found = iter(draw(st.lists(IDS, min_size=30, max_size=30, unique=True))), []
    for several in flags:
        value = draw(ticked("multiple" if several else "single"))
        options = [{**option, "id": next(ids)} for option in value["options"]]
        found.append({"id": next(ids), "text": "Which?", "several": several, "options": options})
    return found


NUMBERS = st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(str)
VALUES = {
    "single": ticked("single"),
    "multiple": ticked("multiple"),
    "true_false": st.fixed_dictionaries({"stem": WORDS, "answer": st.sampled_from(["true", "false"])}),
    "matching": items(4, 8, left=WORDS, right=WORDS).map(
        lambda rows: {
            "stem": "Match.",
            "pairs": rows[:-1],
            "others": [{"id": rows[-1]["id"], "text": rows[-1]["right"]}],
        }
    ),
    "ordering": items(3, 8, text=WORDS).map(lambda rows: {"stem": "Order.", "entries": rows}),
    "short": items(1, 4, text=WORDS).map(lambda rows: {"stem": "Word?", "accepted": rows}),
    "numeric": st.fixed_dictionaries(
        {
            "stem": WORDS,
            "answer": NUMBERS,
            "tolerance": st.integers(0, 100),
            "unit": st.sampled_from(["", "km"]),
        }
    ),
    "case": st.fixed_dictionaries({"stem": WORDS, "parts": parts(), "why": WORDS}),
}


def frozen(kind, value):
    assume(not kind_of(kind).problems(value))
    return kind_of(kind).freeze(value)


@st.composite
def answers(draw, kind, body):
    """What somebody may send by the form of this question."""
    ids = option_ids(body)
    if kind == "ordering":
        return {"rows": dict(zip(ids, map(str, draw(st.permutations(range(1, len(ids) + 1)))), strict=True))}
    if kind == "matching":
        return {"rows": {row["id"]: draw(st.sampled_from(ids)) for row in body["rows"]}}
    if kind == "short":
        return {"text": draw(st.text(max_size=60))}
    if kind == "numeric":
        return {
            "text": draw(NUMBERS | st.integers(-99, 99).map(str) | NUMBERS.map(lambda n: n.replace(".", ",")))
        }
    if kind == "case":
        kinds = {part["id"]: "multiple" if part["several"] else "single" for part in body["parts"]}
        chosen = {part["id"]: draw(answers(kinds[part["id"]], part)) for part in body["parts"]}
        return {"parts": {part_id: one["chosen"] for part_id, one in chosen.items()}}
    most = len(ids) if kind == "multiple" else 1
    return {"chosen": draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True))}


SCRAPS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
JUNK = st.recursive(
    SCRAPS,
    lambda part: (
        st.lists(part, max_size=4)
        | st.dictionaries(
            st.sampled_from(["chosen", "rows", "parts", "text", "not_sure", "x"]), part, max_size=3
        )
    ),
    max_leaves=8,
)


def accepted(kind, body, payload):
    try:
        return kind_of(kind).check_payload(body, payload)
    except BadAnswer:
        return None


every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
@EXAMPLES
@given(data=st.data())
def test_what_is_accepted_is_marked_between_nothing_and_all(kind, data):
    body, key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    for payload in (data.draw(answers(kind, body)), data.draw(JUNK), dict(NOT_SURE)):
        stored = accepted(kind, body, payload)
        if stored is not None:
            assert 0 <= kind_of(kind).mark(body, key, stored) <= 1
    assert kind_of(kind).mark(body, key, None) == kind_of(kind).mark(body, key, NOT_SURE) == 0


@every_kind
@EXAMPLES
@given(data=st.data())
def test_junk_is_refused_with_a_code_and_never_crashes(kind, data):
    body, _key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    ids = [*option_ids(body), *(row["id"] for row in [*body.get("rows", []), *body.get("parts", [])])]
    part = data.draw(
        JUNK | st.dictionaries(st.sampled_from([*ids, "x"]), JUNK, max_size=8) | st.lists(JUNK, max_size=3)
    )
    payload = {data.draw(st.sampled_from(["chosen", "rows", "parts", "text"])): part}
    stored = accepted(kind, body, payload)
    assert stored is None or json.loads(json.dumps(stored)) == stored


@every_kind
@EXAMPLES
@given(data=st.data())
def test_what_is_stored_is_stored_the_same_again(kind, data):
    body, _key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    stored = accepted(kind, body, data.draw(answers(kind, body)))
    assume(stored is not None)
    assert kind_of(kind).check_payload(body, json.loads(json.dumps(stored))) == stored


def sent_by(shown):
    """What a browser sends of a form that holds these fields."""
    if shown["rows"]:
        return {
            f"row-{row['id']}": [str(next(c["value"] for c in row["choices"] if c["chosen"]))]
            for row in shown["rows"]
        }
    if shown["parts"]:
        return {
            f"part-{part['id']}": ["", *(option["id"] for option in part["options"] if option["chosen"])]
            for part in shown["parts"]
        }
    if shown["options"]:
        return {"a": [option["id"] for option in shown["options"] if option["chosen"]]}
    return {"text": [shown["typed"]]}


@every_kind
@EXAMPLES
@given(data=st.data())
def test_a_form_that_shows_an_answer_sends_that_answer(kind, data):
    body, _key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    stored = accepted(kind, body, data.draw(answers(kind, body)))
    assume(stored is not None)
    order = data.draw(st.permutations(option_ids(body)))
    shown = kind_of(kind).fields(body, order, stored)
    assert kind_of(kind).check_payload(body, form.read(sent_by(shown))) == stored
    assert kind_of(kind).said(body, order, stored)


@every_kind
@EXAMPLES
@given(data=st.data())
def test_a_question_survives_being_stored(kind, data):
    body, key, feedback = frozen(kind, data.draw(VALUES[kind]))
    again = json.loads(json.dumps([body, key, feedback]))
    assert again == [body, key, feedback]
    payload = accepted(kind, body, data.draw(answers(kind, body)))
    assume(payload is not None)
    assert kind_of(kind).mark(again[0], again[1], payload) == kind_of(kind).mark(body, key, payload)


@every_kind
@EXAMPLES
@given(data=st.data())
def test_neither_the_order_on_the_page_nor_that_of_the_answer_counts(kind, data):
    body, key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    payload = data.draw(answers(kind, body))
    stored = accepted(kind, body, payload)
    assume(stored is not None)
    mixed = shuffled(payload)
    assert kind_of(kind).check_payload(body, mixed) == stored
    turned = {**body, **{name: shuffled(body[name]) for name in ("options", "rows", "parts") if name in body}}
    other = kind_of(kind).check_payload(turned, payload)
    assert kind_of(kind).mark(turned, key, other) == kind_of(kind).mark(body, key, stored)


def shuffled(part):
    dice = random.Random(1)
    if isinstance(part, dict):
        return {name: shuffled(one) for name, one in dice.sample(list(part.items()), len(part))}
    return [shuffled(one) for one in dice.sample(part, len(part))] if isinstance(part, list) else part


@every_kind
@EXAMPLES
@given(data=st.data())
def test_a_better_answer_never_scores_less(kind, data):
    body, key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    payload = accepted(kind, body, data.draw(answers(kind, body)))
    assume(payload is not None)
    better = accepted(kind, body, bettered(data, body, key, payload))
    assume(better is not None)
    assert kind_of(kind).mark(body, key, better) >= kind_of(kind).mark(body, key, payload)


def bettered(data, body, key, payload):
    """The same answer with one thing put right."""
    if "rows" in payload:
        row = data.draw(st.sampled_from(sorted(payload["rows"])))
        wanted, rows = key["right"][row], dict(payload["rows"])
        if isinstance(wanted, int):  # whoever stood there changes places
            (other,) = [one for one, place in rows.items() if place == wanted]
            rows[other] = rows[row]
        return {"rows": {**rows, row: wanted}}
    if "parts" in payload:
        part = data.draw(st.sampled_from(body["parts"]))
        chosen, right = {"chosen": payload["parts"][part["id"]]}, {"right": key["right"][part["id"]]}
        return {"parts": {**payload["parts"], part["id"]: bettered(data, part, right, chosen)["chosen"]}}
    if "chosen" in payload:
        chosen, right = payload["chosen"], key["right"]
        if len(right) == 1 and len(body["options"]) and len(chosen) == 1:
            return {"chosen": right}
        wrong = [option for option in chosen if option not in right]
        fewer = {"chosen": [option for option in chosen if option not in wrong[:1]]}
        more = {"chosen": [*chosen, *[option for option in right if option not in chosen][:1]]}
        return data.draw(st.sampled_from([fewer, more])) if wrong else more
    if isinstance(key["right"], list):
        return {"text": data.draw(st.sampled_from(key["right"]))}
    nearer = (Decimal(payload["text"]) + Decimal(key["right"])) / 2
    return {"text": format(round(nearer, 6), "f")}


@every_kind
@EXAMPLES
@given(data=st.data())
def test_the_right_answer_gets_everything(kind, data):
    body, key, _feedback = frozen(kind, data.draw(VALUES[kind]))
    right = key["right"]
    payload = {
        "rows": lambda: {"rows": right},
        "parts": lambda: {"parts": right},
        "text": lambda: {"text": right[0]},
        "number": lambda: {"text": right},
        "choices": lambda: {"chosen": right},
    }[kind_of(kind).ASKS]()
    stored = kind_of(kind).check_payload(body, payload)
    assert kind_of(kind).mark(body, key, stored) == 1
    assert kind_of(kind).right(body, key)


@EXAMPLES
@given(value=VALUES["ordering"])
def test_entries_to_be_ordered_are_never_stored_in_their_order(value):
    body, _key, _feedback = frozen("ordering", value)
    written = [entry["id"] for entry in value["entries"]]
    assert option_ids(body) != written
    assert sorted(option_ids(body)) == sorted(written)


@EXAMPLES
@given(value=VALUES["matching"], seed=st.integers())
def test_a_matching_body_does_not_hang_on_how_its_pairs_are_sorted(value, seed):
    """The right column is in the same order, whichever pair was written first."""
    body, key, _feedback = frozen("matching", value)
    pairs = random.Random(seed).sample(value["pairs"], len(value["pairs"]))
    other, same_key, _feedback = kind_of("matching").freeze({**value, "pairs": pairs})
    assert other["options"] == body["options"]
    assert same_key == key
    written = {str(uuid.UUID(pair["id"])) for pair in value["pairs"]}
    assert not written & {one["id"] for one in [*body["options"], *body["rows"]]}


@EXAMPLES
@given(data=st.data())
def test_a_case_is_worth_the_mean_of_its_parts(data):
    """And each part what it would be worth as a question of its own."""
    body, key, _feedback = frozen("case", data.draw(VALUES["case"]))
    payload = data.draw(answers("case", body))
    marks = kind_of("case").mark_parts(body, key, payload)
    for part in body["parts"]:
        alone = kind_of("multiple" if part["several"] else "single")
        chosen, right = {"chosen": payload["parts"][part["id"]]}, {"right": key["right"][part["id"]]}
        assert marks[part["id"]] == alone.mark(part, right, alone.check_payload(part, chosen))
    assert kind_of("case").mark(body, key, payload) == sum(marks.values()) / len(body["parts"])
