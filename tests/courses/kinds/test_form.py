"""What a form sends becomes a payload still to be checked."""

import pytest

from courses.kinds import form


@pytest.mark.parametrize(
    ("sent", "payload"),
    [
        ({}, {"chosen": []}),
        ({"a": ["x"]}, {"chosen": ["x"]}),
        ({"a": ["x", "y"]}, {"chosen": ["x", "y"]}),
        ({"a": ["not_sure"]}, {"not_sure": True}),
        ({"a": ["x", "not_sure"]}, {"chosen": ["x"], "not_sure": True}),
        ({"row-x": ["1"], "row-y": [""]}, {"rows": {"x": "1", "y": ""}}),
        ({"row-x": ["1"], "a": ["not_sure"]}, {"rows": {"x": "1"}, "not_sure": True}),
        ({"row-x": [""], "a": ["not_sure"]}, {"not_sure": True}),
        ({"part-x": ["", "1"], "part-y": [""]}, {"parts": {"x": ["1"], "y": []}}),
        ({"part-x": ["", "1", "2"], "a": ["not_sure"]}, {"parts": {"x": ["1", "2"]}, "not_sure": True}),
        ({"part-x": [""], "a": ["not_sure"]}, {"not_sure": True}),
        ({"text": ["18"]}, {"text": "18"}),
        ({"text": [" "], "a": ["not_sure"]}, {"not_sure": True}),
        ({"text": ["18"], "a": ["not_sure"]}, {"text": "18", "not_sure": True}),
    ],
)
def test_a_form_is_read(sent, payload):
    assert form.read({"uuid": ["u"], "later": ["1"], **sent}) == payload


def test_nothing_given_is_blank():
    for sent in ({}, {"row-x": [""]}, {"part-x": [""]}, {"text": ["  "]}):
        assert form.is_blank(form.read(sent))
    for sent in (
        {"a": ["x"]},
        {"a": ["not_sure"]},
        {"row-x": ["", "1"]},
        {"part-x": ["", "1"]},
        {"text": ["0"]},
    ):
        assert not form.is_blank(form.read(sent))
