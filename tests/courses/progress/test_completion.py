from itertools import product

import pytest

from courses.progress.completion import Missing, is_complete, missing

ALL = {"lessons": True, "checks": True, "drills": True, "final": True}
PATH = {"lessons": ["a", "b"], "checks": ["c"], "drills": ["d"], "final": ["f"]}


def test_everything_done_is_complete():
    assert is_complete(ALL, **PATH, done={"a", "b"}, passed={"c", "d", "f"})


def test_what_is_missing_is_named_in_the_order_of_the_path():
    left = missing(ALL, **PATH, done={"a"}, passed=set())

    assert left == Missing(lessons=("b",), checks=("c",), drills=("d",), final=("f",))
    assert left.before_final == ("b", "c", "d")


@pytest.mark.parametrize("asked", list(product([True, False], repeat=4)))
def test_a_rule_asks_only_for_what_it_says(asked):
    rule = dict(zip(ALL, asked, strict=True))
    left = missing(rule, **PATH, done=set(), passed=set())

    assert {name: bool(getattr(left, name)) for name in ALL} == rule


def test_an_older_edition_that_knows_no_drills_asks_for_none():
    rule = {"lessons": True, "checks": True, "final": True}
    assert is_complete(rule, **PATH, done={"a", "b"}, passed={"c", "f"})


def test_a_path_that_asks_for_nothing_is_never_completed():
    assert not is_complete({}, **PATH, done={"a", "b"}, passed={"c", "d", "f"})
    assert not is_complete(ALL, lessons=[], checks=[], drills=[], final=[], done=set(), passed=set())


def test_lessons_that_are_gone_from_the_path_do_not_matter():
    assert is_complete(ALL, **PATH, done={"a", "b", "gone"}, passed={"c", "d", "f", "old"})
