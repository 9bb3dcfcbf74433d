import uuid
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from courses.arriving import Malformed
from courses.quizzes.answers import effective_at, in_order, read_event, that_count

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
GOOD = {"uuid": str(uuid.uuid4()), "attempt": str(uuid.uuid4()), "n": 1, "payload": {"chosen": ["a"]}}


def test_a_plain_event_is_read():
    event = read_event(GOOD)
    assert (str(event.uuid), str(event.attempt), event.n) == (GOOD["uuid"], GOOD["attempt"], 1)
    assert (event.device, event.device_seq, event.client_at, event.offset) == ("", None, None, None)


@pytest.mark.parametrize(
    "bad",
    [
        {"uuid": None},
        {"uuid": "x"},
        {"uuid": 7},
        {"uuid": "0" * 5000},
        {"attempt": []},
        {"n": "1"},
        {"n": True},
        {"n": 0},
        {"n": 10**30},
        {"device": 4},
        {"device": "d" * 41},
        {"device": "a\x00"},
        {"device_seq": -1, "device": "d"},
        {"device_seq": 2**64, "device": "d"},
        {"device_seq": 1},
        {"device_seq": 1.5, "device": "d"},
        {"offset": "1"},
        {"offset": 10**18},
        {"client_at": "yesterday"},
        {"client_at": "2026-05-01T12:00:00"},
        {"client_at": "0001-01-01T00:00:00+00:00"},
        {"client_at": 1},
    ],
)
def test_what_no_form_sends_is_malformed(bad):
    with pytest.raises(Malformed):
        read_event({**GOOD, **bad})


@pytest.mark.parametrize("bad", [None, [], "x", 3])
def test_an_event_is_an_object(bad):
    with pytest.raises(Malformed):
        read_event(bad)


def given(client_at, offset):
    event = read_event({**GOOD, "client_at": client_at.isoformat(), "offset": offset})
    return effective_at(event, started_at=NOON - timedelta(hours=1), received_at=NOON)


def test_the_clock_of_a_device_is_corrected_and_kept_within_the_attempt():
    assert given(NOON - timedelta(minutes=5), 0) == NOON - timedelta(minutes=5)
    assert given(NOON - timedelta(minutes=5), 60_000) == NOON - timedelta(minutes=4)
    assert given(NOON + timedelta(days=9), 0) == NOON
    assert given(NOON - timedelta(days=9), 0) == NOON - timedelta(hours=1)


def test_without_a_clock_an_answer_counts_from_its_arrival():
    assert effective_at(read_event(GOOD), started_at=NOON, received_at=NOON + timedelta(seconds=1)) == NOON + (
        timedelta(seconds=1)
    )


Row = namedtuple("Row", "id item_id effective_at device_seq")


def test_the_last_effective_answer_counts():
    late, early = Row(1, 9, NOON, None), Row(2, 9, NOON - timedelta(minutes=1), 7)
    second, first = Row(3, 9, NOON, 2), Row(4, 9, NOON, 1)
    assert in_order([late, early, second, first]) == [early, late, first, second]
    assert that_count([late, early, second, first]) == {9: second}
