import pytest

from courses.kinds.telling import tells_by_length


@pytest.mark.parametrize(
    ("right", "wrong", "tells"),
    [
        (["a" * 60], ["b" * 30], True),
        (["a" * 45], ["b" * 30], False),  # half as long again is not more than that
        (["a" * 12], ["b" * 4], False),  # a word more
        (["a" * 60, "a" * 10], ["b" * 30], True),
        (["a" * 60], ["b" * 30, "b" * 50], False),
        (["a" * 60], [], False),
        ([], ["b" * 30], False),
    ],
)
def test_a_right_answer_tells_by_its_length(right, wrong, tells):
    options = [{"text": text, "right": True} for text in right]
    options += [{"text": text, "right": False} for text in wrong]
    assert tells_by_length(options) is tells
