import pytest

from courses.room.compact import Place, read


def options(letters):
    return [{"id": letter, "text": letter} for letter in letters]


# Printed in another order than written: A is "y".
SINGLE = Place(1, "single", {"options": options("xyz")}, ["y", "x", "z"])
MULTIPLE = Place(2, "multiple", {"options": options("xyz")}, ["z", "y", "x"])
NUMBER = Place(3, "numeric", {"options": []}, [])
WORD = Place(4, "short", {"options": []}, [])
MATCH = Place(5, "matching", {"rows": options("pq"), "options": options("xyz")}, ["x", "z", "y"])
ORDER = Place(6, "ordering", {"options": options("xyz")}, ["z", "x", "y"])
PARTS = [
    {"id": "m", "several": False, "options": options("xy")},
    {"id": "n", "several": True, "options": options("uvw")},
]
CASE = Place(7, "case", {"options": [], "parts": PARTS}, ["w", "y", "v", "x", "u"])
ALL = [SINGLE, MULTIPLE, NUMBER, WORD, MATCH, ORDER, CASE]


def test_every_kind_is_read_as_it_is_printed():
    text = '1 A, 2 ac,3 2,5, 4 "consent, informed"; 5 CA\n6 3 1 2, 7 B/AC'
    payloads, problems = read(text, ALL, may_be_unsure=True)

    assert problems == []
    assert payloads == {
        1: {"chosen": ["y"]},
        2: {"chosen": ["x", "z"]},
        3: {"text": "2.5"},
        4: {"text": "consent, informed"},
        5: {"rows": {"p": "y", "q": "x"}},
        6: {"rows": {"x": 1, "y": 2, "z": 3}},
        7: {"parts": {"m": ["x"], "n": ["u", "w"]}},
    }


def test_empty_places_and_doubt_are_no_answers_that_were_given():
    assert read("1 -, 2 ?", [SINGLE, MULTIPLE], may_be_unsure=True) == ({2: {"not_sure": True}}, [])


@pytest.mark.parametrize("text", ["1B", "1. B", "1: B", "1=b", " 1  B , "])
def test_a_number_and_a_letter_in_any_dress(text):
    assert read(text, [SINGLE], may_be_unsure=True) == ({1: {"chosen": ["x"]}}, [])


@pytest.mark.parametrize(
    ("text", "n", "code", "about"),
    [
        ("1 E", 1, "no_letter", "E"),
        ("1 AB", 1, "too_many", ""),
        ("1 A, 1 B", 1, "twice", ""),
        ("1 A, 9 B", 9, "no_question", ""),
        ("A", 0, "no_number", ""),
        ("", 1, "missing", ""),
        ("1", 1, "missing", ""),
        ("1 ?", 1, "not_offered", ""),
        ("3 many", 3, "not_a_number", ""),
        ("5 A", 5, "rows", "2"),
        ("6 311", 6, "same_place", ""),
        ("6 314", 6, "no_place", "4"),
        ("6 ABC", 6, "not_places", "3"),
        ("7 A", 7, "parts", "2"),
        ("7 A/", 7, "open_parts", ""),
        ("2 " + "A" * 30, 2, "too_many", ""),
        ("1 \x00", 1, "missing", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_of_it_is_kept(text, n, code, about):
    places = [place for place in ALL if place.n == n] or [SINGLE]
    payloads, problems = read(text, places, may_be_unsure=False)

    assert [(one.code, one.about) for one in problems if one.n == n] == [(code, about)]
    # Of an answer typed twice the first is shown; the form is refused all the same.
    assert n not in payloads or code == "twice"
