from hypothesis import given
from hypothesis import strategies as st

from lms.reports.drills import reckoning
from lms.reports.drills.reckoning import Cell, Try
from lms.reports.figures.suppressing import Hidden

DRILL, OTHER = ("scenario", 1), ("case", 2)


def tries(agency, short, n, drill=DRILL, first=0, **kwargs):
    """`n` people of an agency, of whom the first so many, `short`, missed something of consent."""
    return [
        Try(first + who, agency, drill, 1, {"consent": (0 if who < short else 2, 2)}, **kwargs)
        for who in range(n)
    ]


def test_the_share_is_of_those_who_met_the_step():
    found, whole = reckoning.by_agency(tries(7, 3, 8), ["consent", "refer"])
    assert found == {7: [Cell(8, 3), Cell(0, 0)]}
    assert [cell.share for cell in whole] == [38, None]


def test_somebody_with_two_drills_counts_once_and_missed_it_if_in_either():
    both = [*tries(7, 0, 5), *tries(7, 2, 5, drill=OTHER)]
    _found, whole = reckoning.by_agency(both, ["consent"])
    assert whole == [Cell(5, 2)]


def test_four_people_are_withheld_and_with_them_what_would_tell_of_them():
    some = [*tries(1, 1, 4), *tries(2, 2, 9, first=100), *tries(3, 5, 30, first=200)]
    found, whole = reckoning.by_agency(some, ["consent"])
    assert found[1] == [Cell(Hidden.FEWER, None)]
    assert found[2] == [Cell(Hidden.KEPT, None)]
    assert (found[3], whole) == ([Cell(30, 5)], [Cell(43, 8)])


def test_a_class_of_four_is_told_nothing():
    (cell,) = reckoning.of_group(tries(None, 1, 4), ["consent"])
    assert isinstance(cell.n, Hidden)
    assert (cell.missed, cell.share) == (None, None)


@given(st.lists(st.integers(0, 12), max_size=5))
def test_no_cell_of_few_is_ever_told_nor_what_is_left_of_the_total(sizes):
    some = [one for n, size in enumerate(sizes) for one in tries(n, 0, size, first=100 * n)]
    found, (whole,) = reckoning.by_agency(some, ["consent"])
    cells = [cell for (cell,) in found.values()]
    shown = [cell.n for cell in cells if not isinstance(cell.n, Hidden)]
    assert all(n >= reckoning.FEW for n in shown)
    assert sum(sizes) == 0 or len(cells) == len([size for size in sizes if size])
    if len(shown) < len(cells) and not isinstance(whole.n, Hidden):
        assert whole.n - sum(shown) >= reckoning.FEW


def test_errors_of_five_people_are_told_the_commonest_first_and_of_four_not():
    five = tries(1, 0, 5, critical=(("door", "no_consent"),))
    six = tries(1, 0, 6, first=50, critical=(("room", "alerts_suspect"), ("room", "alerts_suspect")))
    four = tries(1, 0, 4, first=90, critical=(("hall", "no_consent"),))
    errors, left_out = reckoning.commonest([*five, *six, *four])
    assert [(one.place, one.people) for one in errors] == [("room", 6), ("door", 5)]
    assert left_out == 1


def test_what_to_ask_of_is_what_five_people_missed():
    some = [*tries(1, 0, 5, missed=("door",)), *tries(1, 0, 6, first=50, missed=("room",))]
    assert reckoning.most_missed([*some, *tries(1, 0, 4, first=90, missed=("hall",))]) == ["room", "door"]
