"""The judge finds what is planted."""

import pytest

from tests.storms.judging import is_good, judge, judge_mail, table
from tests.storms.ledger import Kept

A, B, C = ("answer", "a"), ("mark", "b"), ("scan", "c")
KEPT = [Kept(A, "1", "web worker killed"), Kept(B, "2", "disk full"), Kept(C, "3", "disk full")]
TIMES = {"web worker killed": 4, "disk full": 1}
RECORD = [(A, "1"), (B, "2"), (C, "3")]
MAILS = judge_mail({"x": "sent"}, ["x"])


def judged(record=RECORD, **more):
    return judge(TIMES, KEPT, {A, B, C}, record, **more)


def test_all_is_there():
    assert is_good(judged(failed={"disk full": {503: 7, "ConnectionRefusedError": 2}}), MAILS)


@pytest.mark.parametrize(
    ("what", "record"),
    [("lost", RECORD[:2]), ("doubled", [*RECORD, RECORD[2]]), ("changed", [*RECORD[:2], (C, "4")])],
)
def test_what_is_wrong_stands_in_the_row_of_its_storm(what, record):
    found = judged(record)
    counts = {
        row.kind: {name: getattr(row, name) for name in ("lost", "doubled", "changed")} for row in found.rows
    }
    clean = {"lost": 0, "doubled": 0, "changed": 0}
    assert counts == {"web worker killed": clean, "disk full": clean | {what: 1}}
    assert found.examples == [f"{what}: scan c"]
    assert not is_good(found, MAILS)


def test_what_nobody_sent_and_what_nobody_was_told_of():
    assert judged([*RECORD, (("answer", "d"), "5")]).strange == 1
    twice = judge(TIMES, KEPT, {A, B, C, ("answer", "d")}, [*RECORD, *[(("answer", "d"), "5")] * 2])
    assert [row.doubled for row in twice.rows] == [0, 0]
    assert twice.doubled == 1
    assert not is_good(twice, MAILS)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_no_other_answer_than_503_is_good_enough(status):
    assert not is_good(judged(failed={"disk full": {503: 7, status: 1}}), MAILS)


def test_nothing_acknowledged_proves_nothing():
    assert not is_good(judge({**TIMES, "Redis killed": 1}, KEPT, {A, B, C}, RECORD), MAILS)
    assert not is_good(judge({}, [], set(), []), MAILS)


def test_mail_is_sent_at_most_once_and_what_is_not_known_is_said():
    letters = {"a": "sent", "b": "uncertain", "c": "queued", "d": "sent"}
    mails = judge_mail(letters, ["a", "a", "b"])
    assert mails._asdict() == {
        "letters": 4, "sent": 2, "uncertain": 1, "waiting": 1, "doubled": 1, "missing": 1,
    }  # fmt: skip
    assert is_good(judged(), judge_mail({"a": "sent", "b": "uncertain"}, ["a"]))
    for state, taken in (("sent", []), ("sent", ["a", "a"]), ("queued", []), ("uncertain", ["a"])):
        assert not is_good(judged(), judge_mail({"a": state}, taken))


def test_the_table():
    failed = {"disk full": {503: 7, 500: 1, 502: 2, "ConnectionRefusedError": 3}}
    lines = table(judged(RECORD[:2], failed=failed, longest={"disk full": 3.04}))
    assert len({len(line) for line in lines}) == 1
    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]] == [
        ["web worker killed", "4", "1", "0", "0", "0", "0", "0", "0", "0", "0.0 s"],
        ["disk full", "1", "2", "1", "0", "0", "7", "1", "2", "3", "3.0 s"],
        ["all", "5", "3", "1", "0", "0", "7", "1", "2", "3", "3.0 s"],
    ]
