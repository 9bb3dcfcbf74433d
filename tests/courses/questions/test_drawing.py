import random

import pytest

from courses.questions.drawing import Candidate, NotEnough, draw_all


def candidate(key, **kwargs):
    values = {"pool": "final", "module": "C1", "topic": "law", "difficulty": "easy", "critical": False}
    return Candidate(key=key, **{**values, "sectors": (), **kwargs})


def draw(pool, draws, *, sector="police", taken=(), seen=(), seed=1):
    return draw_all(draws, pool, sector=sector, taken=set(taken), seen=set(seen), rng=random.Random(seed))


POOL = [candidate(f"{module}-{n}", module=module) for module in ("C1", "C2") for n in range(5)]


def test_each_draw_gets_its_number_from_its_own_part():
    first, second = draw(POOL, [{"count": 3, "module": "C1"}, {"count": 2, "module": "C2"}])
    assert len(first) == 3
    assert len(second) == 2
    assert all(key.startswith("C1") for key in first)
    assert all(key.startswith("C2") for key in second)


def test_other_dice_draw_other_questions():
    drawn = {tuple(draw(POOL, [{"count": 3}], seed=seed)[0]) for seed in range(20)}
    assert len(drawn) > 10


def test_nobody_is_asked_the_same_twice():
    for seed in range(50):
        keys = [
            key for part in draw(POOL, [{"count": 5}, {"count": 4}], taken={"C1-0"}, seed=seed) for key in part
        ]
        assert len(keys) == len(set(keys)) == 9
        assert "C1-0" not in keys


def test_a_wide_draw_leaves_the_narrow_one_its_questions():
    for seed in range(50):
        wide, narrow = draw(POOL, [{"count": 5}, {"count": 5, "module": "C1"}], seed=seed)
        assert all(key.startswith("C2") for key in wide)
        assert all(key.startswith("C1") for key in narrow)


def test_overlapping_draws_are_filled_when_they_can_be():
    pool = [candidate("a"), candidate("b", topic="protection"), candidate("c", module="C2")]
    draws = [{"count": 1, "module": "C1"}, {"count": 1, "topic": "law"}, {"count": 1, "difficulty": "easy"}]
    for seed in range(50):
        keys = [key for part in draw(pool, draws, seed=seed) for key in part]
        assert sorted(keys) == ["a", "b", "c"]


def test_critical_minimum_is_kept_and_may_be_exceeded():
    pool = POOL + [candidate(f"k-{n}", critical=True) for n in range(3)]
    for seed in range(50):
        ((*keys,),) = draw(pool, [{"count": 6, "critical": 2}], seed=seed)
        assert len(keys) == 6
        assert sum(key.startswith("k") for key in keys) >= 2


def test_own_sector_means_marked_for_it():
    pool = [candidate("trunk"), candidate("p", sectors=("police",)), candidate("h", sectors=("health",))]
    assert draw(pool, [{"count": 1, "own_sector": True}]) == [["p"]]
    assert sorted(draw(pool, [{"count": 2}])[0]) == ["p", "trunk"]
    assert draw(pool, [{"count": 1}], sector="") == [["trunk"]]


def test_seen_questions_come_last():
    for seed in range(20):
        (keys,) = draw(POOL, [{"count": 4, "module": "C1"}], seen={"C1-0", "C1-1"}, seed=seed)
        assert {"C1-2", "C1-3", "C1-4"} < set(keys)


@pytest.mark.parametrize(
    ("draws", "sector", "expected"),
    [
        ([{"count": 11}], "police", (0, 11, 10, False)),
        ([{"count": 5}, {"count": 6, "module": "C2"}], "police", (1, 6, 5, False)),
        ([{"count": 6}, {"count": 5}], "police", (1, 5, 4, False)),
        ([{"count": 2, "critical": 1}], "police", (0, 1, 0, True)),
        ([{"count": 1, "own_sector": True}], "police", (0, 1, 0, False)),
        ([{"count": 1, "own_sector": True}], "", (0, 1, 0, False)),
    ],
)
def test_too_small_a_pool_is_an_error_never_a_short_test(draws, sector, expected):
    with pytest.raises(NotEnough) as short:
        draw(POOL, draws, sector=sector)
    error = short.value
    assert (error.place, error.wanted, error.found, error.critical) == expected
