"""Quantiles of Student's t and probabilities of the binomial, from first principles. Pure."""

import math

# Halvings: each gives one binary digit, and a float has 53.
HALVINGS = 100
# Terms of the continued fraction; it has converged long before.
TERMS = 500
TINY, CLOSE = 1e-300, 1e-15


def t_quantile(p, df):
    """The value that Student's t with `df` degrees of freedom stays below with probability `p` (0.5 to 1).

    By halving, from its distribution as a regularised incomplete beta: Abramowitz and Stegun, Handbook of
    Mathematical Functions (1964), 26.7.1 and 26.5.27.
    """
    low, high = 0.0, 1.0
    while t_below(high, df) < p:
        high *= 2
    for _n in range(HALVINGS):
        middle = (low + high) / 2
        if t_below(middle, df) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_below(value, df):
    """The probability that t is below `value`, which is not negative."""
    return 1 - incomplete_beta(df / 2, 0.5, df / (df + value * value)) / 2


def incomplete_beta(a, b, x):
    """Regularised, I_x(a, b). By the continued fraction 26.5.8 of Abramowitz and Stegun, evaluated as
    Lentz did: Press and others, Numerical Recipes, 3rd ed. (2007), 6.4."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) * _fraction(a, b, x) / a


def _fraction(a, b, x):
    c = 1.0
    d = 1 / _not_nothing(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_nothing(1 + term * d)
            c = _not_nothing(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return found


def _not_nothing(number):
    return number if abs(number) > TINY else TINY


def median_rank(n, outside):
    """The largest k for which the k-th smallest and the k-th largest of `n` values hold the median between
    them with probability 1 - `outside` at least; 0 where there is none.

    Exact, from the binomial with p = 1/2: Conover, Practical Nonparametric Statistics, 3rd ed. (1999), 3.2.
    """
    k, below = 0, 0
    while True:
        below += math.comb(n, k)
        if 2 * below > outside * 2**n:
            return k
        k += 1
