"""Suppression: what is hidden cannot be worked out, tried by an outsider who searches every possibility."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.reports.figures.labels import told
from lms.reports.figures.suppressing import Hidden, Shown, hide_list, hide_lists, hide_table, per_cent
from tests.lms.reports.figures.attacking import possible

FEWER, KEPT = Hidden.FEWER, Hidden.KEPT
# Mostly numbers at which something happens.
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 20))


def assert_hidden_well(true, shown, sums):
    """Small numbers are hidden and could be any of 1 to 4; other hidden ones any of four at least."""
    for name, value in true.items():
        if 1 <= value <= 4:
            assert isinstance(shown[name], Hidden), name
        if isinstance(shown[name], int):
            assert shown[name] == value
        elif 1 <= value <= 4:
            assert {1, 2, 3, 4} <= set(possible(shown, sums, name, enough=5)), name
        elif shown[name] is not None:
            assert len(possible(shown, sums, name, enough=4)) == 4, name


@settings(max_examples=120, deadline=None)
@given(st.lists(COUNTS, max_size=6), st.integers(0, 2))
def test_a_list_against_its_total(counts, twice):
    # `twice`: people who count in two places; the whole is as many as any part at least.
    total = max(sum(counts) - twice, *counts, 0)
    shown, whole = hide_list(counts, total)
    true = dict(enumerate(counts)) | {"total": total}
    sums = [(list(range(len(counts))), "total", sum(counts) - total)]
    assert_hidden_well(true, dict(enumerate(shown)) | {"total": whole}, sums)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_lists_that_share_a_total(data):
    total = data.draw(st.integers(0, 24))
    lists = [_parts(data, total) for _ in range(data.draw(st.integers(1, 3)))]
    found, whole = hide_lists(lists, total)
    true, shown, sums = {"total": total}, {"total": whole}, []
    for k, counts in enumerate(lists):
        true |= {(k, i): count for i, count in enumerate(counts)}
        shown |= {(k, i): count for i, count in enumerate(found[k])}
        sums.append(([(k, i) for i in range(len(counts))], "total", 0))
    assert_hidden_well(true, shown, sums)


def _parts(data, total):
    cuts = sorted(data.draw(st.lists(st.integers(0, total), max_size=4)))
    return [right - left for left, right in zip([0, *cuts], [*cuts, total], strict=True)]


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 3).flatmap(
        lambda wide: st.lists(st.lists(COUNTS, min_size=wide, max_size=wide), min_size=1, max_size=3)
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_table_with_any_of_its_totals(cells, with_rows, with_columns, with_total):
    rows, columns = [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]
    found = hide_table(
        cells,
        rows=rows if with_rows else None,
        columns=columns if with_columns else None,
        total=sum(rows) if with_total else None,
    )
    true = {(i, j): count for i, row in enumerate(cells) for j, count in enumerate(row)}
    shown = {(i, j): count for i, row in enumerate(found.cells) for j, count in enumerate(row)}
    sums = []
    if with_rows:
        true |= {("row", i): count for i, count in enumerate(rows)}
        shown |= {("row", i): count for i, count in enumerate(found.rows)}
        sums += [([(i, j) for j in range(len(columns))], ("row", i), 0) for i in range(len(rows))]
    if with_columns:
        true |= {("column", j): count for j, count in enumerate(columns)}
        shown |= {("column", j): count for j, count in enumerate(found.columns)}
        sums += [([(i, j) for i in range(len(rows))], ("column", j), 0) for j in range(len(columns))]
    if with_total:
        true["total"], shown["total"] = sum(rows), found.total
        sums.append(([(i, j) for i in range(len(rows)) for j in range(len(columns))], "total", 0))
    assert_hidden_well(true, shown, sums)


@pytest.mark.parametrize(
    ("counts", "total", "shown"),
    [
        ([30, 12, 0], 42, ([30, 12, 0], 42)),
        # The smallest other number goes with it.
        ([2, 50, 9], 61, ([FEWER, 50, KEPT], 61)),
        # Two that could only be 1 and 1 are not enough.
        ([1, 1, 40], 42, ([FEWER, FEWER, KEPT], 42)),
        ([2, 3, 20], 25, ([FEWER, FEWER, 20], 25)),
        # Nothing to take away from: nothing else is hidden.
        ([2, 50, 9], None, ([FEWER, 50, 9], None)),
        ([3], 3, ([FEWER], FEWER)),
        ([], 0, ([], 0)),
        ([], None, ([], None)),
        ([None, 7], 7, ([None, 7], 7)),
    ],
)
def test_what_is_hidden_of_a_list(counts, total, shown):
    assert hide_list(counts, total) == shown


def test_a_total_hidden_in_one_list_is_hidden_in_all():
    lists, total = hide_lists([[3], [1, 2]], 3)
    assert isinstance(total, Hidden)
    assert all(isinstance(count, Hidden) for counts in lists for count in counts)


def test_of_a_table_four_corners_are_hidden_and_no_total():
    found = hide_table([[2, 30, 9], [20, 40, 8], [50, 60, 70]], [41, 68, 180], [72, 130, 87], 289)
    cells = [[FEWER, 30, KEPT], [KEPT, 40, KEPT], [50, 60, 70]]
    assert found == Shown(cells, [41, 68, 180], [72, 130, 87], 289)


def test_no_per_cent_from_fewer_than_five_nor_of_them():
    assert per_cent(141, 182) == 77
    assert per_cent(1, 4) is None
    assert per_cent(3, 200) is None
    assert per_cent(0, 40) == 0
    assert per_cent(Hidden.FEWER, 40) is None
    assert per_cent(None, None) is None


def test_it_says_so_in_words():
    assert [told(count) for count in (7, 0, FEWER, KEPT, None)] == [7, 0, "fewer than 5", "not shown", None]


def test_it_refuses_what_is_no_count():
    with pytest.raises(ValueError):
        hide_list([-1, 4], 3)


def test_forty_rows_by_twelve_columns_are_quick():
    cells = [[(i * 7 + j * 5) % 23 for j in range(12)] for i in range(40)]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    began = time.process_time()
    hide_table(cells, [sum(row) for row in cells], columns, sum(columns))
    assert time.process_time() - began < 5
