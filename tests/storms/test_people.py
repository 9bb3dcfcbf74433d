import pytest

from tests.storms.people import is_civil


@pytest.mark.parametrize(
    ("headers", "content", "civil"),
    [
        ({"Retry-After": "15"}, b"<h1>Please come again in a minute</h1>", True),
        ({"Retry-After": "3"}, b'{"error": "busy"}', True),
        ({}, b"<h1>Please come again in a minute</h1>", False),
        ({"Retry-After": "15"}, b"<h1>Service Unavailable</h1>", False),
    ],
)
def test_who_is_turned_away_is_told_when_to_come_again(headers, content, civil):
    assert is_civil(headers, content) is civil
