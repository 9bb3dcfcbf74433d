from itertools import islice

from tests.storms.plan import Plan
from tests.storms.tick import commands

KINDS = ["a", "b", "c", "d"]


def storms(seed, n=8):
    plan = Plan(seed, KINDS)
    return list(islice(iter(plan.next, None), n))


def test_a_seed_tells_the_same_again():
    assert storms(3) == storms(3)
    assert storms(3) != storms(4)


def test_each_kind_comes_before_any_comes_again():
    kinds = [storm.kind for storm in storms(5)]
    assert sorted(kinds[:4]) == sorted(kinds[4:]) == KINDS


def test_the_timer_of_the_storms_runs_what_the_unit_runs():
    assert commands() == [
        ["reap_tasks"],
        ["send_letters"],
        ["publish_scheduled"],
        ["close_overdue_attempts"],
        ["close_handovers"],
        ["timer_ran", "tick"],
    ]
