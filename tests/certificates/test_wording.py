from datetime import date

import pytest

from certificates import wording
from certificates.words import date_in_words, hours_in_words

VALUES = {
    "course": "First Response",
    "hours": "3 hours",
    "date": "4 May 2026",
    "agency": "Police",
    "rank": "Constable",
}


def texts(text, **values):
    return [line["text"] for line in wording.fill(text, {**VALUES, **values})]


def test_placeholders_are_filled_line_by_line():
    assert wording.fill("has completed\n{course}\n{hours}, on {date}", VALUES) == [
        {"text": "has completed", "course": False},
        {"text": "First Response", "course": True},
        {"text": "3 hours, on 4 May 2026", "course": False},
    ]


@pytest.mark.parametrize("unknown", ["score", "", "course.title", "0", "name!r", "sex"])
def test_an_unknown_placeholder_is_refused_by_name(unknown):
    with pytest.raises(wording.UnknownPlaceholder) as refused:
        wording.fill(f"passed {{{unknown}}}", VALUES)
    assert refused.value.name == unknown


@pytest.mark.parametrize("text", ["a { b", "a } b", "{{course}}", "{course"])
def test_a_lone_brace_is_refused(text):
    with pytest.raises(wording.UnknownPlaceholder):
        wording.check(text)


def test_what_is_empty_leaves_no_trace():
    assert texts("of {agency}\nhas completed {course}", agency="") == ["has completed First Response"]
    assert texts("{rank}, {agency}", agency="") == ["Constable"]
    assert texts("{rank}, {agency}", rank="") == ["Police"]
    assert texts("{hours}, completed on {date}", hours="") == ["completed on 4 May 2026"]


def test_a_value_is_never_read_as_a_placeholder():
    assert texts("{course}", course="{rank} \\1") == ["{rank} \\1"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(200, "3 hours 20 minutes"), (60, "1 hour"), (1, "1 minute"), (840, "14 hours"), (0, "")],
)
def test_hours_in_words(minutes, words):
    assert hours_in_words(minutes, "en") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "4 December 2026"),
        ("fr", "4 décembre 2026"),
        ("es", "4 de diciembre de 2026"),
        ("acf", "4 December 2026"),
    ],
)
def test_dates_are_written_in_the_language_of_the_certificate(language, words):
    assert date_in_words(date(2026, 12, 4), language) == words
