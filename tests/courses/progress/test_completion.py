from itertools import product

import pytest

from courses.progress.completion import Missing, is_complete, missing

ALL = {"lessons": True, "checks": True, "final": True}
PATH = {"lessons": ["a", "b"], "checks": ["c"], "final": ["f"]}


def test_everything_done_is_complete():
    assert is_complete(ALL, **PATH, done={"a", "b"}, passed={"c", "f"})


def test_what_is_missing_is_named_in_the_order_of_the_path():
    left = missing(ALL, **PATH, done={"a"}, passed=set())

    assert left == Missing(lessons=("b",), checks=("c",), final=("f",))
    assert left.before_final == ("b", "c")


@pytest.mark.parametrize(("lessons", "checks", "final"), list(product([True, False], repeat=3)))
def test_a_rule_asks_only_for_what_it_says(lessons, checks, final):
    rule = {"lessons": lessons, "checks": checks, "final": final}
    left = missing(rule, **PATH, done=set(), passed=set())

    assert (bool(left.lessons), bool(left.checks), bool(left.final)) == (lessons, checks, final)


def test_a_path_that_asks_for_nothing_is_never_completed():
    assert not is_complete({}, **PATH, done={"a", "b"}, passed={"c", "f"})
    assert not is_complete(ALL, lessons=[], checks=[], final=[], done=set(), passed=set())


def test_lessons_that_are_gone_from_the_path_do_not_matter():
    assert is_complete(ALL, **PATH, done={"a", "b", "gone"}, passed={"c", "f", "old"})
