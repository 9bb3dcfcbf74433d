from datetime import datetime, timedelta

import pytest

from lms.reports.items import advice, analysis, pace
from lms.reports.items.sums import NO_ANSWER, NOT_SURE, Answered, QuizSums, chosen_of

OFFERED, RIGHT = {"": ["a", "b", "c"]}, {"": {"a"}}


def figures_of(*groups):
    """Of one question beside one other. Each group: (how many, option chosen, fraction of the other)."""
    sums = QuizSums()
    for n, option, rest in groups:
        for _one in range(n):
            chosen = (option,) if isinstance(option, tuple) else (("", option),)
            mine = Answered(("it",), float(option == "a"), chosen)
            sums.add([mine, Answered(("other",), rest)])
    return analysis.analyse(sums).figures["it",]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(7, "a", 1), (5, "b", 0)], advice.Advice(advice.TOO_FEW)),
        # The stronger picked B, and that shows although the question discriminates well.
        ([(20, "a", 0.6), (6, "b", 0.9), (30, "c", 0.1)], advice.Advice(advice.CHECK_KEY, ("", "b"))),
        # Four people are no stronger half.
        ([(10, "a", 0.6), (11, "b", 0.9)], advice.Advice(advice.CHECK_KEY, ("", "b"), True)),
        ([(20, "a", 0.6), (4, "b", 0.9), (30, "c", 0.1)], advice.Advice(advice.USEFUL)),
        # Those who are not sure do best: nothing is said of an option, and the key is looked at.
        ([(15, "a", 0.5), (3, "b", 0.4), (2, "c", 0.4), (15, NOT_SURE, 0.9)], advice.Advice(advice.CHECK_KEY)),
        ([(97, "a", 0.7), (3, "b", 0.1)], advice.Advice(advice.TOO_EASY)),
        ([(20, "a", 0.8), (20, "b", 0.3)], advice.Advice(advice.UNUSED, ("", "c"))),
        ([(10, "a", 0.9), (10, "b", 0.3), (10, "c", 0.2)], advice.Advice(advice.USEFUL)),
        ([(30, "a", 0.8), (5, "b", 0.3), (5, "c", 0.2)], advice.Advice(advice.WELL)),
        ([(20, "a", 1), (20, "a", 0), (6, "b", 0.5), (6, "c", 0.5)], advice.Advice(advice.WEAK)),
        ([(20, "a", 0.5), (4, "b", 0.5), (4, "c", 0.5)], advice.Advice(advice.ALIKE)),
    ],
)
def test_each_question_gets_the_advice_of_its_rule(groups, expected):
    assert advice.advise(figures_of(*groups), RIGHT, OFFERED) == expected


def test_the_worst_stands_first():
    checked = figures_of((10, "a", 0.2), (10, "b", 0.9))
    good = figures_of((30, "a", 0.8), (5, "b", 0.3), (5, "c", 0.2))
    found = [(advice.advise(one, RIGHT, OFFERED), one) for one in (good, checked)]

    assert sorted(found, key=lambda one: advice.rank(*one))[0][1] is checked
    assert [one.needs_attention for one, _figures in found] == [False, True]


def test_each_option_knows_how_many_chose_it_and_how_they_did():
    found = figures_of((3, "a", 1), (1, "b", 0.5), (1, NOT_SURE, 0), (1, NO_ANSWER, 0))

    assert (found.choice("", "a").n, found.choice("", "a").rest) == (3, 1)
    assert (found.choice("", "b").share, found.choice("", "c").n) == (1 / 6, 0)
    assert (found.not_sure.n, found.unanswered.n) == (1, 1)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (None, (NO_ANSWER,)),
        ({"not_sure": True}, (NOT_SURE,)),
        ({"chosen": ["a", "b"]}, (("", "a"), ("", "b"))),
        ({"parts": {"p": ["a"], "q": ["b"]}}, (("p", "a"), ("q", "b"))),
        ({"rows": {"r": "a", "s": 2}}, (("r", "a"),)),
        ({"text": "Consent"}, ()),
    ],
)
def test_what_was_chosen_is_read_from_every_kind_of_answer(payload, expected):
    assert chosen_of(payload) == expected


def test_time_is_told_where_the_log_tells_it():
    began = datetime(2026, 3, 2, 9)

    def after(seconds):
        return began + timedelta(seconds=seconds)

    # The second question was answered in between again; the third together with it; the fourth after lunch.
    given = [(after(40), 1), (after(100), 2), (after(110), 1), (after(110), 3), (after(5000), 4)]

    assert pace.seconds_of(began, given) == {1: 40, 2: 60}
    assert pace.seconds_of(began, []) == {}
