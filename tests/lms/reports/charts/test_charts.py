"""Charts: true to their numbers, readable with any words and numbers, and without colour."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.reports.charts import bullets, columns, dumbbells, funnel, nested_bars
from lms.reports.charts.measuring import shortened, width_of
from lms.reports.figures.suppressing import Hidden
from tests.lms.reports.charts.reading import (
    SPACE,
    assert_readable,
    found,
    pictures,
    seen,
    width_in_roboto,
)

LETTERS = st.text(st.sampled_from("ABCMWabcdimw @%–…éñ&<>\"'0123456789"), max_size=90)
COUNTS = st.one_of(st.just(0), st.integers(0, 40), st.integers(0, 10**12), st.just(Hidden.FEWER))
MAYBE = st.none() | COUNTS
HUNDRED = st.none() | st.integers(0, 100)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
AGENCIES = [
    ("Diplomatic service", 38, 31, 30, "31 of 38 completed"),
    ("Police", 182, 141, 128, "141 of 182 completed"),
    ("Civil society", 64, 29, None, "29 of 64 completed"),
]
STRICT = settings(max_examples=40, deadline=None)


def rows_of(*values):
    return st.lists(st.tuples(*values), max_size=40)


def assert_sound(chart, rows):
    """Readable, drawn in full, and with nothing that the site's policy forbids."""
    assert bool(chart) == bool(rows)
    assert_readable(chart)
    assert not re.search(r"<script|style=|href|NaN|inf|None", re.sub(r">[^<]*<", "><", chart.svg))
    ids = re.findall(r' id="([^"]+)"', chart.svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", chart.svg)) <= set(ids)
    for picture in pictures(chart):
        assert picture.get("role") == "img"
        assert "The figures are in the table below." in picture.get("aria-label")
        for bar in found(picture, "rect"):
            assert float(bar.get("x")) >= 0
            assert float(bar.get("x")) + float(bar.get("width")) <= 400.1
    for picture, words in chart.swatches:
        assert picture.startswith("<svg")
        assert str(words)


@STRICT
@given(rows_of(LETTERS, COUNTS, COUNTS, MAYBE, LETTERS))
def test_nested_bars_of_anything(rows):
    assert_sound(nested_bars(rows), rows)


@STRICT
@given(rows_of(LETTERS, COUNTS, MAYBE, LETTERS))
def test_bullets_of_anything(rows):
    assert_sound(bullets(rows), rows)


@STRICT
@given(rows_of(LETTERS, HUNDRED, HUNDRED, LETTERS), HUNDRED)
def test_dumbbells_of_anything(rows, tick):
    assert_sound(dumbbells(rows, tick=tick), rows)


@STRICT
@given(rows_of(LETTERS, COUNTS))
def test_columns_of_anything(rows):
    assert_sound(columns(rows), rows)


@STRICT
@given(rows_of(LETTERS, COUNTS, COUNTS, st.booleans()))
def test_a_funnel_of_anything(rows):
    assert_sound(funnel(rows), rows)


def bars_of(chart, colour):
    rects = [bar for picture in pictures(chart) for bar in found(picture, "rect")]
    return [bar for bar in rects if bar.get("fill") == colour]


def test_bars_are_as_long_as_their_numbers_and_begin_at_nothing():
    chart = nested_bars(AGENCIES)
    for colour, place in (("#c9d6da", 1), ("#0b5573", 2)):
        bars = bars_of(chart, colour)
        assert [float(bar.get("x")) for bar in bars] == [0, 0, 0]
        for bar, row in zip(bars, AGENCIES, strict=True):
            assert float(bar.get("width")) == pytest.approx(400 * row[place] / 182, abs=0.06)
    assert [str(words) for _name, words in chart.key] == ["Started", "Completed", "Certificate issued"]


def test_what_stands_beside_a_bar_is_what_was_given():
    (picture,) = pictures(nested_bars(AGENCIES))
    said = [seen(text) for text in found(picture, "text")]
    assert said == [words for row in AGENCIES for words in (row[0], row[4])]


def test_below_three_quarters_of_the_target_it_is_hatched():
    chart = bullets([("Police", 149, 200, ""), ("Customs", 150, 200, ""), ("Health", 9, None, "")])
    assert len(bars_of(chart, "#0b5573")) == 1
    assert chart.svg.count('fill="url(#') == 1
    assert [name for name, _words in chart.key] == ["full", "hatched", "tick", "none"]


def test_beyond_the_target_the_bar_goes_beyond_it():
    chart = bullets([("Police", 24, 20, "")])
    (aim,), (bar,) = bars_of(chart, "#e4eaed"), bars_of(chart, "#0b5573")
    assert float(bar.get("width")) / float(aim.get("width")) == pytest.approx(1.2, abs=0.01)
    assert [name for name, _words in bullets([("Police", 50, 20, "")]).key] == ["full", "tick", "beyond"]


def test_dots_stand_where_their_numbers_are_and_a_fall_is_seen_without_colour():
    chart = dumbbells([("Police", 50, 100, ""), ("Health", 80, 60, "")], tick=70)
    (picture,) = pictures(chart)
    after, before = found(picture, "circle")[:2]
    assert (float(before.get("cx")), float(after.get("cx"))) == (200, 392)
    assert chart.svg.count("stroke-dasharray") == 1
    assert [str(words) for _name, words in chart.key][-1] == "Pass mark, 70%"


def test_where_nothing_changed_half_of_either_dot_is_seen_and_the_key_says_so():
    chart = dumbbells([("Police", 60, 60, ""), ("Health", 60, 80, "")])
    (picture,) = pictures(chart)
    alike, *others = found(picture, "circle")
    assert (alike.get("fill"), len(others)) == ("#fff", 2)
    assert [(name, str(words)) for name, words in chart.key][2:] == [("alike", "No change")]
    assert "alike" not in dict(dumbbells([("Health", 60, 80, "")]).key)


def test_a_figure_that_is_not_shown_has_no_dot():
    (picture,) = pictures(dumbbells([("Police", None, None, "fewer than 5 people")]))
    assert not found(picture, "circle")


def test_a_number_that_is_hidden_is_not_drawn():
    hidden = Hidden.KEPT
    assert not bars_of(nested_bars([("Police", 40, hidden, hidden, "not shown")]), "#0b5573")
    assert not bars_of(bullets([("Police", hidden, 20, "not shown")]), "#0b5573")
    assert "not shown" in funnel([("Referral", hidden, 20, False)]).svg.lower()
    chart = columns([("June", 9), ("July", hidden)])
    assert len(bars_of(chart, "#0b5573")) == 1
    assert [str(words) for _name, words in chart.key] == ["Not shown"]


def test_columns_say_their_numbers_and_the_year_where_it_changes():
    rows = [("Dec 2025", 12), *((f"{month} 2026", n) for n, month in enumerate(MONTHS[:11]))]
    (picture,) = pictures(columns(rows))
    said = [seen(text) for text in found(picture, "text")]
    assert sorted(said) == sorted(["12", *map(str, range(11)), "Dec", *MONTHS[:11], "2025", "2026"])


def test_columns_without_room_for_all_numbers_say_the_highest():
    rows = [(f"{month} 2026", n * 1_234_567) for n, month in enumerate(MONTHS)]
    said = [seen(text) for text in found(pictures(columns(rows))[0], "text")]
    assert "13,580,237" in said
    assert "1,234,567" not in said


def test_forty_rows_are_in_pictures_that_fit_on_paper():
    chart = nested_bars([(f"Station {n}", 40, n, None, f"{n} of 40") for n in range(40)])
    labels = [picture.get("aria-label") for picture in pictures(chart)]
    assert labels[1] == "Bar chart. The figures are in the table below. Part 2 of 5."
    assert max(int(picture.get("height")) for picture in pictures(chart)) < 640


def test_a_long_label_is_cut_and_whole_in_its_title():
    label = "Royal Saint Lucia Police Force <Criminal Investigations> & Vieux Fort"
    (picture,) = pictures(nested_bars([(label, 9, 8, 7, "8 of 9 completed")]))
    text = found(picture, "text")[0]
    assert text.find(f"{SPACE}title").text == label
    assert seen(text).endswith("…")
    assert label.startswith(seen(text)[:-1])


def test_two_charts_have_no_name_in_common_and_one_is_the_same_at_every_drawing():
    first, second = (bullets([("Police", value, 200, "")]) for value in (1, 2))
    names = [set(re.findall(r' id="([^"]+)"', chart.svg)) for chart in (first, second)]
    assert not names[0] & names[1]
    assert bullets([("Police", 1, 200, "")]).svg == first.svg


def test_all_of_nothing_is_drawn_as_nothing():
    assert not bars_of(nested_bars([("Police", 0, 0, 0, "0 of 0")]), "#0b5573")
    assert not bars_of(columns([("June", 0), ("July", 0)]), "#0b5573")
    assert not bars_of(bullets([("Police", 0, 0, "")]), "#0b5573")


@STRICT
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("éèñüçÉ–’…"), max_size=60))
def test_no_text_is_wider_than_it_is_taken_to_be(text):
    assert width_in_roboto(text, 16) <= width_of(text, 16)
    assert width_of(shortened(text, 16, 120), 16) <= 120
