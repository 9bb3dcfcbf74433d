"""Against published data and examples, and against numpy and scipy, which know nothing of our sums."""

import random

import numpy
import pytest
from scipy import stats

from lms.reports.items import analysis, formulas
from lms.reports.items.sums import Answered, QuizSums

# The Law School Admission Test, section VI: 1000 people, five items, the 32 patterns of right and wrong with
# how many had each. Bock, R. D. and Lieberman, M. (1970), Fitting a response model for n dichotomously scored
# items, Psychometrika 35, 179-197; the counts are those of the BUGS example "LSAT: item response".
LSAT = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01010": 0, "01011": 16, "01100": 0, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80,
    "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip
# What the formulas of `descript` in the R package ltm make of it (Rizopoulos, D. (2006), ltm: An R package for
# latent variable modelling and item response theory analyses, Journal of Statistical Software 17 (5), 1-25;
# `perc`, `ExBisCorr` and `alpha` in R/descript.R, with R/biserial.cor.R). Per item: the proportion right, and
# the point-biserial correlation with the total without the item. ltm divides by the deviation of a sample, so
# its correlation is Pearson's times the root of (n - 1) / n.
LTM = [(0.924, 0.1128), (0.709, 0.1531), (0.553, 0.1727), (0.763, 0.1444), (0.870, 0.1215)]
LTM_ALPHA = 0.2950

# Ten students, ten questions: the example of Wuensch, K. L., East Carolina University,
# https://core.ecu.edu/wuenschk/StatHelp/KR20.txt: the items' pq add up to 2.18, the variance of the total
# is 5.84.
QUIZ = [
    "1111110110", "1011011101", "1111011001", "0010001000", "0000010010",
    "1110111111", "1101110111", "1111111101", "0101111101", "1101101110",
]  # fmt: skip


def figures_of(matrix):
    """The Analysis of rows of fractions; None where somebody was not asked."""
    asked = [{i for i, x in enumerate(row) if x is not None} for row in matrix]
    sums = QuizSums(core=frozenset((i,) for i in set.intersection(*asked)))
    for row in matrix:
        sums.add([Answered((i,), x) for i, x in enumerate(row) if x is not None])
    return analysis.analyse(sums)


def test_the_law_school_admission_test_is_as_another_program_reckons_it():
    rows = [[int(x) for x in pattern] for pattern, n in LSAT.items() for _one in range(n)]

    found = figures_of(rows)

    assert len(rows) == found.n == 1000
    for i, (difficulty, discrimination) in enumerate(LTM):
        assert found.figures[i,].difficulty == pytest.approx(difficulty, abs=1e-9)
        assert round(found.figures[i,].discrimination * (999 / 1000) ** 0.5, 4) == discrimination
    assert round(found.reliability.value, 4) == LTM_ALPHA
    assert found.reliability.coefficient == analysis.KR20


def test_the_sums_of_a_worked_example_give_its_kr_20():
    items = [[int(row[i]) for row in QUIZ] for i in range(10)]
    totals = [sum(map(int, row)) for row in QUIZ]

    pq = [formulas.variance(10, sum(item), sum(item)) for item in items]
    spread = formulas.variance(10, sum(totals), sum(total**2 for total in totals))

    assert round(sum(pq), 2) == 2.18
    assert round(spread, 2) == 5.84
    assert formulas.alpha(pq, spread) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))


@pytest.mark.parametrize("partial", [False, True])
def test_an_independent_reckoning_finds_the_same(partial):
    lot = numpy.random.default_rng(6)
    skill = lot.normal(size=(300, 1))
    scores = 1 / (1 + numpy.exp(-(skill + lot.normal(size=(300, 8)))))
    matrix = numpy.round(scores * 3) / 3 if partial else (scores > 0.4).astype(float)

    found = figures_of(matrix.tolist())

    totals = matrix.sum(axis=1)
    for i in range(8):
        expected = stats.pearsonr(matrix[:, i], totals - matrix[:, i]).statistic
        assert found.figures[i,].discrimination == pytest.approx(expected, abs=1e-9)
        assert found.figures[i,].difficulty == pytest.approx(matrix[:, i].mean())
    covariances = numpy.cov(matrix, rowvar=False)
    expected = 8 / 7 * (1 - numpy.trace(covariances) / covariances.sum())
    assert found.reliability.value == pytest.approx(expected)
    assert found.reliability.coefficient == (analysis.ALPHA if partial else analysis.KR20)
    assert found.reliability.error == pytest.approx(100 / 8 * totals.std() * (1 - expected) ** 0.5)


def test_questions_drawn_by_lot_are_compared_with_what_each_was_asked():
    lot = random.Random(4)
    matrix = []
    for _person in range(200):
        skill = lot.random()
        row = [float(lot.random() < skill) for _item in range(9)]
        for left_out in lot.sample(range(4, 9), 2):
            row[left_out] = None
        matrix.append(row)

    found = figures_of(matrix)

    array = numpy.array(matrix, dtype=float)
    for i in range(9):
        asked = ~numpy.isnan(array[:, i])
        rest = numpy.nanmean(numpy.delete(array, i, axis=1), axis=1)
        expected = stats.pearsonr(array[asked, i], rest[asked]).statistic
        assert found.figures[i,].discrimination == pytest.approx(expected, abs=1e-9)
        assert found.figures[i,].n == asked.sum()
    # Complete cases of the four that everybody was asked.
    covariances = numpy.cov(array[:, :4], rowvar=False)
    assert found.reliability.items == 4
    expected = 4 / 3 * (1 - numpy.trace(covariances) / covariances.sum())
    assert found.reliability.value == pytest.approx(expected)


def test_under_twenty_answers_there_is_no_discrimination_and_no_reliability():
    rows = [[1, 1, 1], [0, 0, 1], [1, 1, 0]] * 7

    few, enough = figures_of(rows[:19]), figures_of(rows[:20])

    assert (few.figures[0,].discrimination, few.figures[0,].why_not) == (None, analysis.FEW)
    assert (few.reliability.value, few.reliability.why_not) == (None, analysis.FEW)
    assert enough.figures[0,].discrimination is not None
    assert enough.reliability.value is not None


def test_where_nothing_varies_nothing_is_made_up():
    found = figures_of([[1, 1, 1]] * 30)

    assert (found.figures[0,].discrimination, found.figures[0,].why_not) == (None, analysis.ALIKE)
    assert (found.reliability.value, found.reliability.why_not) == (None, analysis.ALIKE)
    assert figures_of([[1, 0]] * 15 + [[0, 1]] * 15).reliability.why_not == analysis.FEW_ITEMS


@pytest.mark.parametrize("seed", range(3))
def test_a_median_of_counted_numbers_is_the_median(seed):
    numbers = [random.Random(seed).randint(1, 40) for _n in range(seed * 7 + 4)]

    assert formulas.median_of({n: numbers.count(n) for n in numbers}) == numpy.median(numbers)
    assert formulas.median_of({}) is None
