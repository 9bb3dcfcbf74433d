import random
from collections import Counter

import pytest

from courses.room.reckoning import Share
from lms.reports.learning.gain import (
    MEAN,
    MEDIAN,
    Interval,
    Learnt,
    learnt,
    mean_interval,
    median_interval,
    shown_groups,
)

# Student's own: hours of sleep gained with the second drug over the first (Biometrika 6, 1908, p. 20).
SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]


def test_the_interval_of_the_mean_is_that_of_students_sleepers():
    # As R prints it for t.test(sleep, paired): 0.7001 to 2.4599. In tenths of an hour times ten.
    assert mean_interval(Counter(round(100 * hours) for hours in SLEEP)) == Interval(70.0, 246.0, MEAN)


def test_the_interval_of_the_median_is_between_the_second_and_the_ninth_of_ten():
    # k = 2: outside are 2 (1 + 10) of 1024 cases, 2.1 per cent.
    assert median_interval(Counter(round(10 * hours) for hours in SLEEP)) == Interval(8.0, 24.0, MEDIAN)


def test_of_four_people_nothing_is_said_and_of_five_no_interval():
    assert learnt([(40, 80)] * 4) == Learnt(4)
    assert learnt([(40, 80), (50, 70), (60, 60), (30, 60), (20, 50)]) == Learnt(
        5, before=40.0, after=60.0, difference=30.0, gained=Share(4, 5)
    )


def test_of_nineteen_the_median_and_of_twenty_the_mean():
    pairs = [(40, 50 + n) for n in range(19)]
    few, many = learnt(pairs), learnt([*pairs, (40, 69)])

    # Differences 10 to 28: the fifth smallest and the fifth largest.
    assert (few.difference, few.mean, few.interval, few.normalised) == (
        19,
        None,
        Interval(14, 24, MEDIAN),
        None,
    )
    # 10 to 29: mean 19.5; s² = 35, so 2.0930 × √(35/20) = 2.769. Of 60 that could be gained, 19.5.
    assert (many.mean, many.interval, many.normalised) == (19.5, Interval(16.7, 22.3, MEAN), 32.5)


def test_hakes_gain_is_left_out_where_nothing_was_gained_or_nothing_could_be():
    assert learnt([(60, 50)] * 20).normalised is None
    assert learnt([(100, 100)] * 20).normalised is None
    assert learnt([(60, 60)] * 20).normalised == 0.0


def test_nineteen_of_twenty_intervals_hold_the_truth():
    """Both intervals hold the true value as often as they say, or nearly."""
    dice = random.Random(6)
    for n, true, least in [(12, 9, 0.95), (40, 10, 0.92)]:
        held = 0
        for _n in range(400):
            # Heads of 18 coins: 9 in the middle; of the forty, one more each.
            drawn = [sum(dice.random() < 0.5 for _coin in range(18)) + (n == 40) for _person in range(n)]
            interval = learnt([(0, value) for value in drawn]).interval
            held += interval.low <= true <= interval.high
        assert held / 400 >= least


def test_pairs_and_how_many_of_each_are_the_same():
    pairs = [(random.Random(n).randrange(80), random.Random(n + 99).randrange(100)) for n in range(50)]

    assert learnt(pairs) == learnt(Counter(pairs))


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [
        ({"a": 9, "b": 7, "c": 6}, "abc", 0),
        # Three people in a group: with it goes the smallest of the others.
        ({"a": 9, "b": 7, "c": 3}, "a", 2),
        # Two small groups of six together: nothing is told of either.
        ({"a": 9, "b": 3, "c": 3}, "a", 2),
        ({"a": 3}, "", 1),
    ],
)
def test_groups_under_five_are_left_out_and_cannot_be_reckoned_from_the_rest(sizes, shown, hidden):
    found, left_out = shown_groups({key: {(50, 60): n} for key, n in sizes.items()})

    assert ("".join(found), left_out) == (shown, hidden)
