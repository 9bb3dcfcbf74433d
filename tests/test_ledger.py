from tests.ledger import Compared, compare

KEPT = [("a", 1), ("b", 2)]


def test_all_is_there():
    assert compare(KEPT, {"a", "b", "c"}, [("a", 1), ("b", 2), ("c", 3)]) == Compared(2, [], [], {}, [])


def test_each_kind_of_trouble_is_named():
    assert compare(KEPT, {"a", "b"}, [("a", 1)]).lost == ["b"]
    assert compare(KEPT, {"a", "b"}, [("a", 1), ("b", 3)]).changed == ["b"]
    assert compare(KEPT, {"a", "b"}, [("a", 1), ("b", 2), ("b", 2), ("b", 2)]).doubled == {"b": 2}
    assert compare(KEPT, {"a", "b"}, [("a", 1), ("b", 2), ("c", 2)]).strange == ["c"]
