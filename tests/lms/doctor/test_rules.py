from datetime import timedelta

import pytest

from lms.doctor import rules
from lms.doctor.finding import Finding, Verdict, worst

OK, LOOK, BROKEN = Verdict
GIB = 1024**3


@pytest.mark.parametrize(
    ("free", "total", "verdict"),
    [
        (15 * GIB, 20 * GIB, OK),
        (1 * GIB, 20 * GIB, LOOK),
        (GIB // 4, 20 * GIB, BROKEN),
        # A little share of a large disk is still much; much of a little disk is enough.
        (40 * GIB, 4000 * GIB, OK),
        (GIB // 4, GIB, OK),
    ],
)
def test_disk(free, total, verdict):
    assert rules.disk(free, total) is verdict


@pytest.mark.parametrize(("days", "verdict"), [(90, OK), (14, LOOK), (3, BROKEN), (-1, BROKEN)])
def test_what_remains(days, verdict):
    assert rules.remaining(timedelta(days=days), rules.TLS_LOOK, rules.TLS_BROKEN) is verdict


@pytest.mark.parametrize(("seconds", "verdict"), [(2, OK), (-11, LOOK), (11, LOOK), (-61, BROKEN)])
def test_a_clock_is_off_in_either_direction(seconds, verdict):
    assert rules.elapsed(timedelta(seconds=seconds), rules.CLOCK_LOOK, rules.CLOCK_BROKEN) is verdict


@pytest.mark.parametrize(
    ("key", "weak"),
    [
        ("", True),
        ("a" * 60, True),
        ("development-only-not-a-secret-" + "0x9k" * 9, True),
        ("kY3_" + "Qw8-zR5t" * 8, False),
    ],
)
def test_keys(key, weak):
    assert rules.weak_key(key) is weak


def test_the_worst_counts():
    assert worst([Finding(OK, ""), Finding(BROKEN, ""), Finding(LOOK, "")]) is BROKEN
    assert worst([]) is OK
