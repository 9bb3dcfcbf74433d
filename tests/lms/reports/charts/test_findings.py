"""Findings: every claim of a sentence is held against the numbers, over random tables."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.reports.charts import findings
from lms.reports.charts.saying import COMPLETION, GAIN, MONTHS, PLACES, STEPS, TARGETS
from lms.reports.figures.suppressing import Hidden

FEWER = Hidden.FEWER
SMALL = st.integers(0, 12)
STRICT = settings(max_examples=200, deadline=None)


class Claims(dict):
    """Words that a machine reads: "claim|name=value|..."; every claim there is in the real words is here."""

    def __init__(self, words):
        facts = ("names", "n", "all", "part", "whole", "value", "target", "before", "after")
        for claim, said in words.items():
            asked = [fact for fact in facts if f"{{{fact}}}" in str(said)]
            self[claim] = "|".join([claim, *(f"{fact}={{{fact}}}" for fact in asked)])
        self |= {"and": "{some}, {last}", "both": "{first};{second}"}
        self |= {wrap: f"{wrap};{{claim}}" for wrap in ("of five", "where shown") if wrap in words}


def claims(said):
    """{claim: its facts}; names as a list, numbers as whole numbers."""
    found = {}
    for one in said.split(";"):
        claim, *facts = one.split("|")
        found[claim] = dict(fact.split("=") for fact in facts)
        for fact, value in found[claim].items():
            found[claim][fact] = value.split(", ") if fact == "names" else int(value)
    return found


def named(*values):
    """Rows with names of their own: A, B, C ..."""
    rows = st.lists(st.tuples(*values), max_size=9)
    return rows.map(lambda rows: [("ABCDEFGHI"[n], *row) for n, row in enumerate(rows)])


def assert_first(found, values):
    """Those named as first are above all who are not; "many" are as many as share the highest."""
    highest = found.get("highest", found.get("highest one"))
    top = max(values.values(), default=None)
    if highest:
        rest = [value for name, value in values.items() if name not in highest["names"]]
        assert rest
        assert min(values[name] for name in highest["names"]) > max(rest)
        assert (len(highest["names"]) == 1) == ("highest one" in found)
    if "many" in found:
        assert found["many"] == {"n": list(values.values()).count(top), "all": len(values)}
        assert found["many"]["n"] < len(values)
    if "same" in found:
        assert len(set(values.values())) == 1


def assert_names(found, claim, names):
    """The claim names them all, or says how many they are; and is not made of nobody."""
    said = found.get(claim, found.get(f"{claim} many"))
    assert said == ({"names": names} if claim in found else {"n": len(names)} if names else None)


PART_OF_WHOLE = SMALL.flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@STRICT
@given(named(PART_OF_WHOLE).map(lambda rows: [(name, *pair) for name, pair in rows]))
def test_what_is_said_of_rates_is_true(rows):
    found = claims(findings.rates(rows, Claims(COMPLETION)))
    there = [row for row in rows if row[2]]
    big = {name: Fraction(part, whole) for name, part, whole in there if whole >= 5}
    assert ("nothing" in found) == (not there)
    assert ("nobody" in found) == (bool(there) and not any(part for _name, part, _whole in there))
    assert ("everybody" in found) == (bool(there) and all(part == whole for _name, part, whole in there))
    if "too few" in found:
        assert not big
    if "one" in found:
        ((name, part, whole),) = [row for row in there if row[2] >= 5]
        assert found["one"] == {"names": [name], "part": part, "whole": whole}
    assert_first(found, big)
    if "highest" in found or "highest one" in found or "many" in found:
        assert ("of five" in found) == (len(big) < len(there))
        under = [name for name, share in big.items() if share < Fraction(1, 2)]
        assert ("all under" in found) == (len(under) == len(big))
        if "all under" not in found:
            assert_names(found, "under", under)


@STRICT
@given(named(SMALL))
def test_what_is_said_of_counts_is_true(rows):
    found = claims(findings.counts(rows, Claims(MONTHS)))
    assert ("nothing" in found) == (not any(value for _name, value in rows))
    assert_first(found, dict(rows))
    if found.keys() & {"highest", "highest one", "many"}:
        assert_names(found, "none", [name for name, value in rows if not value])


@STRICT
@given(named(st.none() | SMALL, SMALL))
def test_what_is_said_of_gains_is_true(rows):
    found = claims(findings.gains(rows, Claims(GAIN)))
    known = [row for row in rows if row[1] is not None]
    up = [name for name, before, after in known if after > before]
    rest = [name for name, before, after in known if after <= before]
    assert ("where shown" in found) == (0 < len(known) < len(rows))
    assert ("nothing" in found) == (not rows)
    assert ("hidden" in found) == (not known and bool(rows))
    if len(known) > 1:
        assert ("all up" in found) == (not rest)
        assert ("none up" in found or "all same" in found) == (not up)
        assert ("all same" in found) == all(before == after for _name, before, after in known)
    if "some up" in found:
        assert found["some up"] == {"n": len(up), "all": len(known)}
        assert_names(found, "rest", rest)
    for claim, true in {"one up": up, "one down": rest, "one same": rest}.items():
        if claim in found:
            assert found[claim]["names"] == true == [known[0][0]]


@STRICT
@given(named(SMALL, st.none() | SMALL))
def test_what_is_said_of_targets_is_true(rows):
    found = claims(findings.targets(rows, Claims(TARGETS)))
    aimed = {name: Fraction(value, target) for name, value, target in rows if target}
    reached = [name for name, share in aimed.items() if share >= 1]
    assert ("nothing" in found) == (not aimed)
    if len(aimed) > 1:
        assert ("all reached" in found) == (len(reached) == len(aimed))
    assert_first(found, {name: -share for name, share in aimed.items()})
    if found.keys() & {"highest", "highest one", "many"}:
        assert_names(found, "reached", reached)
        assert not set(found.get("highest", found.get("highest one", {})).get("names", ())) & set(reached)


@STRICT
@given(st.integers(0, 9), st.lists(SMALL, max_size=8))
def test_what_is_said_of_steps_is_true(began, came):
    rows = [("ABCDEFGH"[n], min(value, began), began, False) for n, value in enumerate(came)]
    found = claims(findings.steps(rows, Claims(STEPS)))
    falls = {}
    last = began
    for name, value, _of, _flagged in rows:
        falls[name], last = last - value, value
    most = max(falls.values(), default=0)
    first = [name for name, fall in falls.items() if fall == most]
    if not rows or not began:
        assert found == {"nothing": {}}
    elif most <= 0:
        assert found == {"nobody stops": {}}
    elif len(first) > 3:
        assert found == {"many": {"n": len(first), "all": len(rows)}}
    else:
        assert found == {"highest one" if len(first) == 1 else "highest": {"names": first}}


@STRICT
@given(named(st.just(FEWER) | SMALL), named(st.just(FEWER) | SMALL, st.just(20)))
def test_what_is_hidden_is_not_spoken_of_and_that_is_said(counted, shares):
    for kind, rows, words in (
        (findings.counts, counted, MONTHS),
        (findings.rates, shares, COMPLETION),
        (findings.targets, shares, TARGETS),
        (findings.steps, shares, STEPS),
    ):
        known = [row for row in rows if row[1] is not FEWER]
        said, of_known = kind(rows, Claims(words)), kind(known, Claims(words))
        if len(known) == len(rows):
            assert said == of_known
        else:
            assert said in ("hidden", f"where shown;{of_known}")
            assert (said == "hidden") == (not known or kind is findings.steps)


AGENCIES = [
    ("Diplomatic service", 31, 38),
    ("Police", 141, 182),
    ("Customs", 70, 96),
    ("Health", 77, 140),
    ("Civil society", 29, 64),
]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            findings.rates(AGENCIES, COMPLETION),
            "Completion is highest in Diplomatic service and Police; fewer than half complete in Civil society",
        ),
        (
            findings.rates([*AGENCIES[:2], ("Prisons", 1, 1)], COMPLETION),
            "Completion is highest in Diplomatic service (groups of 5 people or more)",
        ),
        (
            findings.counts([("June", 40), ("July", 0), ("August", 3), ("October", 38)], MONTHS),
            "The busiest months were June and October; nobody was trained in July",
        ),
        (findings.counts([("Police", 9), ("Health", 4)], PLACES), "The largest number is from Police"),
        (
            findings.gains([("Police", 58, 84), ("Health", 61, 82)], GAIN),
            "All groups scored higher after training",
        ),
        (
            findings.gains([("Police", 58, 84), ("Health", 61, 60), ("Customs", None, None)], GAIN),
            "1 of 2 groups scored higher after training; Health did not (where scores can be shown)",
        ),
        (
            findings.targets([("Police", 190, 200), ("Health", 61, 150), ("Customs", 80, 80)], TARGETS),
            "Health: furthest from the target; the target is reached in Customs",
        ),
        (
            findings.steps([("First contact", 60, 64, False), ("Referral", 38, 64, True)], STEPS),
            "Most stop before this step: Referral",
        ),
    ],
)
def test_it_reads_well(said, sentence):
    assert said == sentence


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (findings.rates, COMPLETION),
        (findings.counts, MONTHS),
        (findings.counts, PLACES),
        (findings.gains, GAIN),
        (findings.targets, TARGETS),
        (findings.steps, STEPS),
    ],
)
def test_of_nothing_it_says_so(kind, words):
    assert kind([], words) == str(words["nothing"])
