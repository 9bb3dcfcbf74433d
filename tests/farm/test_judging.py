from tests.farm.judging import is_good, judge
from tests.farm.trainee import Kept

A = Kept("u1", "a", 1, "wrong", False)
B = Kept("u2", "a", 1, "right", True)
ROWS = [("u1", "a", 1, "wrong"), ("u2", "a", 1, "right")]
COUNTS = {("a", 1): "right"}


def test_all_is_there():
    assert is_good(judge([A, B], {"u1", "u2"}, ROWS, COUNTS))


def test_each_kind_of_loss_is_counted():
    assert judge([A, B], {"u1", "u2"}, ROWS[:1], {}).lost == 1
    assert judge([B], {"u2"}, [("u2", "a", 1, "wrong")], COUNTS).changed == 1
    assert judge([A, B], {"u1", "u2"}, [*ROWS, ROWS[0]], COUNTS).doubled == 1
    assert judge([A], {"u1"}, ROWS, COUNTS).strange == 1
    assert judge([A, B], {"u1", "u2"}, ROWS, {("a", 1): "wrong"}).uncounted == 1


def test_nothing_acknowledged_proves_nothing():
    assert not is_good(judge([], set(), [], {}))
