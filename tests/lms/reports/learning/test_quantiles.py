"""Against printed tables, and against what can be reckoned by hand."""

import math

import pytest

from lms.reports.learning.quantiles import incomplete_beta, median_rank, t_quantile


@pytest.mark.parametrize(
    ("df", "p", "printed"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    [
        (1, 0.975, 12.706), (2, 0.975, 4.303), (5, 0.975, 2.571), (10, 0.975, 2.228), (19, 0.975, 2.093),
        (30, 0.975, 2.042), (60, 0.975, 2.000), (100, 0.975, 1.984), (10, 0.95, 1.812), (20, 0.995, 2.845),
    ],
)  # fmt: skip
def test_quantiles_of_t_are_those_of_the_printed_table(df, p, printed):
    assert round(t_quantile(p, df), 3) == printed


def test_with_one_and_two_degrees_t_has_a_formula():
    # Cauchy: tan(π (p - 1/2)); with two: x √(2 / (1 - x²)), x = 2p - 1.
    assert t_quantile(0.975, 1) == pytest.approx(math.tan(math.pi * 0.475), rel=1e-10)
    assert t_quantile(0.975, 2) == pytest.approx(0.95 * math.sqrt(2 / (1 - 0.95**2)), rel=1e-10)


def test_for_a_hundred_thousand_people_it_is_the_normal_one():
    assert t_quantile(0.975, 99_999) == pytest.approx(1.95996, abs=5e-5)


def test_incomplete_beta_of_whole_numbers_is_a_sum_of_the_binomial():
    for a, b, x in [(2, 3, 0.3), (5, 1, 0.9), (4, 4, 0.5), (7, 2, 0.05)]:
        n = a + b - 1
        by_hand = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
        assert incomplete_beta(a, b, x) == pytest.approx(by_hand, rel=1e-12)


def test_ranks_are_those_of_the_printed_table_of_the_sign_test():
    # Conover, table A3 at 1/2; as printed for the sign test by Dixon and Mood, J. Am. Stat. Assoc. 41 (1946):
    # the largest r at 5 per cent, two-sided, is one less than the rank.
    r = {6: 0, 8: 0, 9: 1, 12: 2, 15: 3, 18: 4, 20: 5, 25: 7, 30: 9, 50: 17, 100: 39}
    assert {n: median_rank(n, 0.05) - 1 for n in r} == r
    assert median_rank(5, 0.05) == 0
