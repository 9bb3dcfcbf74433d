"""The formulas of classical test theory, from sums. Pure.

Shares and fractions are from 0 to 1. Variances are those of the population (divided by n): what KR-20 takes,
and in all quotients here the same as those of a sample.
"""

from math import sqrt

# Fewer answers bear no judgement about a question, and no reliability.
FEWEST = 20
FEWEST_ITEMS = 3
# Sums of fractions with four places: what is less is nothing.
NOTHING = 1e-9


def mean(total, n):
    return total / n if n else None


def variance(n, total, squares):
    """Of n values with this sum and this sum of squares; never less than nothing."""
    found = squares / n - (total / n) ** 2
    return found if found > NOTHING else 0.0


def correlation(n, x, y, xx, yy, xy):
    """Pearson's product-moment correlation from sums; None where either has no variance.

    With an item as x and the total of the other items as y it is the corrected item-total (item-rest)
    correlation: the item's own points would correlate with themselves. For items that are right or wrong it is
    the point-biserial correlation. Henrysson, S. (1963), Correction of item-total correlations in item
    analysis, Psychometrika 28, 211-218; Lord, F. M. and Novick, M. R. (1968), Statistical Theories of Mental
    Test Scores, section 15.3; Crocker, L. and Algina, J. (1986), Introduction to Classical and Modern Test
    Theory, chapter 14.
    """
    if n < 2:
        return None
    var_x, var_y = variance(n, x, xx), variance(n, y, yy)
    if not var_x or not var_y:
        return None
    found = (xy / n - (x / n) * (y / n)) / sqrt(var_x * var_y)
    return max(-1.0, min(1.0, found))


def alpha(item_variances, total_variance):
    """Cronbach's alpha: k / (k - 1) * (1 - sum of the items' variances / variance of the total).

    Cronbach, L. J. (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16, 297-334.
    Of items that are right or wrong the variance is pq, and it is formula 20 of Kuder, G. F. and Richardson,
    M. W. (1937), The theory of the estimation of test reliability, Psychometrika 2, 151-160. None with fewer
    than two items, and where everybody has the same total.
    """
    k = len(item_variances)
    if k < 2 or not total_variance:
        return None
    return k / (k - 1) * (1 - sum(item_variances) / total_variance)


def error_of_measurement(total_variance, reliability):
    """The standard error of measurement of a total, in its own unit: s * sqrt(1 - reliability).

    Lord and Novick (1968), section 3.4; Crocker and Algina (1986), chapter 6. None where the reliability is
    below nothing: then the formula says more error than there is spread.
    """
    if reliability is None or reliability < 0:
        return None
    return sqrt(total_variance * (1 - reliability))


def median_of(counted):
    """The median of whole numbers that were counted: {number: how often}; None of none.

    Of an even number of values the mean of the two in the middle.
    """
    n = sum(counted.values())
    if not n:
        return None
    return (_nth(counted, (n - 1) // 2) + _nth(counted, n // 2)) / 2


def _nth(counted, place):
    so_far = 0
    for number in sorted(counted):
        so_far += counted[number]
        if so_far > place:
            return number
    raise IndexError(place)
