"""A checker that never finds anything is worth nothing: made-up logs that must fail, and the like that hold."""

import pytest

from tests.faults.checking import troubles
from tests.faults.log import (
    CHOSE,
    HANDED_IN,
    KEPT,
    REFUSED,
    SAVED,
    TOLD_RESULT,
    WENT_ON,
    Deed,
    Event,
    Outcome,
    Shown,
)

A, B = {"chosen": ["a"]}, {"chosen": ["b"]}
PHONE, TABLET = "phone", "tablet"


def event(payload=A, at=10.5, names=("x",), n=1, late=False):
    return Event(frozenset(names), n, payload, at, late)


def chose(payload=A, at=10.0, device=PHONE, n=1):
    return Deed(at, device, CHOSE, n, payload)


def went_on(payload=A, at=11.0, device=PHONE):
    return Deed(at, device, WENT_ON, 1, payload)


def shown(state=SAVED, at=11.0, uuid="x", payload=A, words="Saved at 10:42.", device=PHONE):
    return Shown(at, device, 1, uuid, state, words, payload)


def outcome(*events, counts=A, **kwargs):
    worth = {1: lambda payload: 1 if payload == A else 0}
    values = {"attempts": 1, "markings": 1, "submitted_at": 20.0, "marks": None, **kwargs}
    return Outcome(events=events, counts={1: counts} if counts else {}, worth=worth, **values)


HANDS_IN = [Deed(19.9, PHONE, HANDED_IN), Deed(20.5, PHONE, TOLD_RESULT)]

HOLD = {
    "saved": ([chose(), *HANDS_IN], [shown()], outcome(event(), marks={1: 1})),
    "kept and then sent": ([chose()], [shown(KEPT, 10.1), shown(at=30.6)], outcome(event(at=30.5))),
    "changed": (
        [chose(), chose(B, 12)],
        [shown(), shown(at=13, uuid="y", payload=B)],
        outcome(event(), event(B, 12.5, "y"), counts=B),
    ),
    "there and back again": (
        [chose(), chose(B, 12), chose(A, 14), went_on(A, 15)],
        [],
        outcome(event(), event(B, 12.5, "y"), event(A, 14.5, "z")),
    ),
    "of the last choice nothing was said": ([chose(), chose(B, 12)], [shown()], outcome(event())),
    "refused with a reason": (
        [chose()],
        [shown(KEPT), shown(REFUSED, 12, words="Not saved. It was handed in.")],
        outcome(counts=None),
    ),
    "the first stays in practice": ([chose(), went_on(), chose(B, 12), went_on(B, 13)], [], outcome(event())),
    "in practice a second answer is kept, and does not count": (
        [chose(), went_on(), chose(B, 12)], [], outcome(event(), event(B, names="y", late=True)),
    ),
    "the same answer from another tab is there already": (
        [chose(), chose(A, 12)],
        [shown(), shown(at=13, uuid="y"), shown(at=14, uuid="y", payload=None)],
        outcome(event()),
    ),
    "two devices at once, either way": (
        [chose(), chose(B, 11, TABLET)],
        [shown(), shown(uuid="y", payload=B, device=TABLET, at=12)],
        outcome(event(), event(B, 11.5, "y"), counts=A),
    ),
    "waited on another device while it was handed in": (
        [chose(), chose(B, 15, TABLET), *HANDS_IN],
        [shown(), shown(KEPT, 15.1, "y", B, device=TABLET)],
        outcome(event(), event(B, 25, "y", late=True)),
    ),
    "there and back again, the way back waiting while it was handed in": (
        [chose(device=TABLET), chose(B, 12, TABLET), chose(A, 15, TABLET), *HANDS_IN],
        [
            shown(device=TABLET),
            shown(at=13, uuid="y", payload=B, device=TABLET),
            shown(KEPT, 15.1, "z", device=TABLET),
        ],
        outcome(event(), event(B, 12.5, "y"), event(A, 25, "z", late=True), counts=B),
    ),
}  # fmt: skip

FAIL = {
    "saved and never there": ("lost", [chose()], [shown()], outcome(counts=None)),
    "kept and never sent": ("lost", [chose()], [shown(KEPT)], outcome(counts=None)),
    "the page after it was reached, and nothing is there": (
        "lost", [chose(), went_on()], [], outcome(counts=None),
    ),
    "said before it was there": ("untrue", [chose()], [shown(at=10.1)], outcome(event(at=10.5))),
    "the words of one answer beside another": (
        "untrue",
        [chose(), chose(B, 10.9)],
        [shown(payload=B)],
        outcome(event()),
    ),
    "refused, and there": (
        "untrue", [chose()], [shown(REFUSED, words="Not saved.")], outcome(event()),
    ),
    "refused without a cause": (
        "lost", [chose()], [shown(REFUSED, words="Not saved.")], outcome(counts=None),
    ),
    "refused without a word": ("untrue", [chose()], [shown(REFUSED, words=" ")], outcome(counts=None)),
    "the first of two choices counts": (
        "untrue",
        [chose(), chose(B, 12)],
        [shown(), shown(at=13, uuid="y", payload=B)],
        outcome(event(), event(B, 12.5, "y"), counts=A),
    ),
    "the first of two choices counts, and the page had gone on": (
        "untrue", [chose(), chose(B, 12), went_on(B, 13)], [], outcome(event(), event(B), counts=A),
    ),
    "on two devices the earlier counts": (
        "untrue",
        [chose(), chose(B, 100, TABLET)],
        [shown(), shown(at=101, uuid="y", payload=B, device=TABLET)],
        outcome(event(), event(B, 100.5, "y"), counts=A),
    ),
    "there and back again, the way back in time": (
        "untrue",
        [chose(device=TABLET), chose(B, 12, TABLET), chose(A, 15, TABLET), *HANDS_IN],
        [
            shown(device=TABLET),
            shown(at=13, uuid="y", payload=B, device=TABLET),
            shown(at=16, uuid="z", device=TABLET),
        ],
        outcome(event(), event(B, 12.5, "y"), event(A, 15.5, "z"), counts=B),
    ),
    "marked as another": (
        "untrue", [chose(), *HANDS_IN], [shown()], outcome(event(), marks={1: 0}),
    ),
    "handed in before it was sent": (
        "untrue",
        [chose(B), chose(A, 15), *HANDS_IN],
        [shown(payload=B, uuid="y"), shown(KEPT, 15.1)],
        outcome(event(B, names="y"), event(at=21, late=True), counts=B),
    ),
    "one choice, two rows": (
        "doubled", [chose()], [shown()], outcome(event(), event(names="y")),
    ),
    "the same under one name": ("doubled", [chose()], [shown()], outcome(event(), event())),
    "what nobody chose": ("untrue", [chose()], [shown()], outcome(event(), event(B, names="y"))),
    "one choice, two rows in practice": (
        "doubled", [chose(), chose(B)], [], outcome(event(), event(B, names="y")),
    ),
    "two attempts": ("doubled", [], [], outcome(attempts=2)),
    "two markings": ("doubled", HANDS_IN, [], outcome(markings=2)),
    "a result of nothing": ("untrue", HANDS_IN, [], outcome(submitted_at=None, markings=0)),
    "a result too early": ("untrue", HANDS_IN, [], outcome(submitted_at=21.0)),
    "handed in by nobody": ("untrue", HANDS_IN[1:], [], outcome()),
}  # fmt: skip


@pytest.mark.parametrize("story", HOLD)
def test_what_is_true_is_found_true(story):
    assert troubles(*HOLD[story], first_counts="refused" in story or "practice" in story) == []


@pytest.mark.parametrize("story", FAIL)
def test_what_is_not_is_found(story):
    kind, *log = FAIL[story]
    found = troubles(*log, first_counts="practice" in story)
    assert kind in {trouble.kind for trouble in found}
