import pytest

from courses.drills.cases.answering import from_form, is_blank, read, texts_of
from courses.drills.cases.real_looking import looks_real

FIELDS = [
    {"id": "colour", "kind": "choice", "options": [{"id": "red"}, {"id": "green"}]},
    {"id": "signs", "kind": "choices", "options": [{"id": "a"}, {"id": "b"}]},
    {"id": "who", "kind": "short"},
    {"id": "words", "kind": "long"},
    {"id": "calls", "kind": "times", "rows": [{"id": "vpu"}]},
]


def test_a_form_is_read_as_answers():
    sent = {
        "colour": ["red"],
        "signs": ["b", "a"],
        "who": [" R. "],
        "words": ["x"],
        "calls-vpu": ["14:40"],
        "z": ["1"],
    }
    assert from_form(FIELDS, sent) == {
        "colour": "red", "signs": ["a", "b"], "who": "R.", "words": "x", "calls": {"vpu": "14:40"},
    }  # fmt: skip


def test_what_is_not_offered_is_no_answer():
    raw = {"colour": "blue", "signs": ["a", "zz", 4], "who": ["list"], "words": "y" * 9000, "calls": "14:40"}
    answers = read(FIELDS, raw)
    assert len(answers.pop("words")) == 4000
    assert answers == {"colour": "", "signs": ["a"], "who": "", "calls": {"vpu": ""}}
    assert is_blank(answers["calls"])


def test_what_is_not_spoken_of_stays_as_it_was():
    assert read(FIELDS, {"who": "R."}) == {"who": "R."}


@pytest.mark.parametrize(
    "text",
    ["Call 758 452 1234", "passport AB1234567", "passport R 445566", "case VPU/2026/041", "r@example.org"],
)
def test_what_looks_real_is_seen(text):
    assert looks_real(text)


@pytest.mark.parametrize(
    "text", ["14:10 treated; 14:25 interpreter", "R., 27, five months", "Cpl. X, 14:40", "RED"]
)
def test_what_a_case_needs_is_let_be(text):
    assert looks_real(text) == ""


def test_only_what_was_typed_is_a_text():
    answers = {"colour": "1234567", "signs": ["1234567"], "who": "R.", "words": "", "calls": {"vpu": "14:40"}}
    assert [texts_of(field, answers[field["id"]]) for field in FIELDS] == [[], [], ["R."], [], ["14:40"]]
