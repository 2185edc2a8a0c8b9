"""Quantiles and inequality, weighted by persons."""

import warnings

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import (
    ABOVE_ZERO,
    ANY,
    NOT_NEGATIVE,
    ROUNDING,
    SHARE,
    chosen,
    defined,
    finite,
    mean_of,
    number,
    ordered,
    positive_mean,
    ranks,
    rows,
    within,
)
from povsim.measures._read import Array


class GiniBoundWarning(UserWarning):
    """Negative values are present, so that the Gini coefficient can exceed one."""


@finite
def weighted_quantile(x: ArrayLike, q: float, weights: ArrayLike | None = None) -> float:
    """Return the smallest x whose cumulative weight share reaches q.

    Where q is hit exactly the two neighbours are averaged (the convention of R's ``laeken``).
    Values may be zero or negative.
    """
    share = number(q, "q", SHARE)
    values, w = rows(weights, x=x)
    return quantile(values, share, w)


@finite
def weighted_median(x: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the weighted median; values may be zero or negative."""
    values, w = rows(weights, x=x)
    return quantile(values, 0.5, w)


def quantile(values: Array, q: float, w: Array) -> float:
    """Return the quantile of checked values."""
    values, w = ordered(values, w)
    cumulated = np.cumsum(w)
    target = q * cumulated[-1]
    i = int(np.searchsorted(cumulated, target * (1 - ROUNDING), side="left"))
    i = min(i, len(values) - 1)
    exact = abs(cumulated[i] - target) <= ROUNDING * cumulated[-1]
    if exact and i + 1 < len(values):
        return float(0.5 * (values[i] + values[i + 1]))
    return float(values[i])


@finite
def gini(x: ArrayLike, weights: ArrayLike | None = None, bias_corrected: bool = False) -> float:
    """Return the Gini coefficient, population form (n in the denominator).

    .. math:: G = 2 cov(x, r) / \\mu

    with r each person's place among all, 0 to 1. Zero and negative values are taken as they
    are; negative ones warn, as they can lift it above one, and a mean of zero or less is
    refused.

    ``bias_corrected`` multiplies by n/(n-1), where n counts rows: a weight says how many persons
    a row stands for, not how many were asked, so that a row of weight two is still one of n.
    """
    chosen(bias_corrected, "bias_corrected", False, True)
    values, w = rows(weights, x=x)
    result = spread(values, values, w) / positive_mean(values, w)
    if values.min() < 0:
        warnings.warn(
            "x: negative values: the Gini coefficient can exceed 1", GiniBoundWarning, stacklevel=3
        )
    if bias_corrected:
        n = len(values)
        if n < 2:
            raise ValueError("bias_corrected: two rows with weight or more are needed")
        result *= n / (n - 1)
    return result


def spread(values: Array, by: Array, w: Array) -> float:
    """Return 2 cov(x, r), r the rank in ``by``: over its own rank, the mean times the Gini.

    Unlike the coefficient it is defined for every mean.
    """
    from_mean = values - mean_of(values, w)
    return 2.0 * mean_of(from_mean * (ranks(by, w) - 0.5), w)


@finite
def lorenz(x: ArrayLike, weights: ArrayLike | None = None) -> tuple[Array, Array]:
    """Return cumulative shares of people and of income, both from zero to one.

    The curve has one point a row that counts, so that a repeated row adds a point to the same
    line. Negative values make it fall at first; a mean of zero or less is refused.
    """
    values, w = rows(weights, x=x)
    return curve(values, w)


def curve(values: Array, w: Array) -> tuple[Array, Array]:
    """Return the Lorenz curve of checked values."""
    positive_mean(values, w)
    order = np.lexsort((w, values))  # by weight where values tie, so that rows may come anyhow
    values, w = values[order], w[order]
    people = np.concatenate([[0.0], np.cumsum(w)])
    income = np.concatenate([[0.0], np.cumsum(values * w)])
    return people / people[-1], income / income[-1]


@finite
def lorenz_asymmetry(x: ArrayLike) -> float:
    """Return the Lorenz asymmetry coefficient (Damgaard and Weiner 2000); ties are averaged.

    It takes no weights, as it changes when the whole population is repeated: between the two
    persons around the mean it goes by whole persons. Zeros are taken; negative values and a
    total of zero are refused.
    """
    (values, w) = rows(None, x=x)
    values = np.sort(within(values, "x", NOT_NEGATIVE))
    mean, n, total = positive_mean(values, w), len(values), float(values.sum())
    at_mean = np.abs(values - mean) <= ROUNDING * mean
    under = (values < mean) & ~at_mean
    below, equal = int(under.sum()), int(at_mean.sum())
    sum_below = float(values[under].sum())
    if equal:
        low = below / n + sum_below / total
        high = (below + equal) / n + (sum_below + equal * mean) / total
        return 0.5 * (low + high)
    last, following = float(values[below - 1]), float(values[below])
    delta = (mean - last) / (following - last)
    return (below + delta) / n + (sum_below + delta * following) / total


@finite
def theil(
    x: ArrayLike, weights: ArrayLike | None = None, zero: str = "limit", floor: float | None = None
) -> float:
    """Return the Theil T index, E[(x/mu) ln(x/mu)].

    A zero counts as its limit, zero, or is refused with ``zero="raise"``; negative values and a
    mean of zero are refused. ``zero="censor"`` raises all below ``floor`` to it.
    Source: Theil (1967).
    """
    chosen(zero, "zero", "limit", "raise", "censor")
    values, w = rows(weights, x=x)
    values = defined(values, zero, floor, ABOVE_ZERO if zero == "raise" else NOT_NEGATIVE)
    return theil_of(values, w)


def theil_of(values: Array, w: Array) -> float:
    """Return Theil T of checked values."""
    ratio = values / positive_mean(values, w)
    return mean_of(ratio * np.log(np.where(ratio > 0, ratio, 1.0)), w)


@finite
def mean_log_deviation(
    x: ArrayLike, weights: ArrayLike | None = None, zero: str = "raise", floor: float | None = None
) -> float:
    """Return the mean log deviation (Theil L), E[ln(mu/x)].

    Zero and negative values are refused, or raised to ``floor`` with ``zero="censor"``.
    """
    return generalized_entropy(x, 0, weights, zero, floor)


@finite
def generalized_entropy(
    x: ArrayLike,
    alpha: float,
    weights: ArrayLike | None = None,
    zero: str = "raise",
    floor: float | None = None,
) -> float:
    """Return the generalised entropy index GE(alpha); 0 is the mean log deviation, 1 is Theil T.

    .. math:: GE(a) = \\frac{E[(x/\\mu)^a] - 1}{a (a - 1)}

    Zeros are refused for ``alpha`` of zero and less, negative values for all but whole
    ``alpha`` of two and more; ``zero="censor"`` raises all below ``floor`` to it. A mean of zero
    or less is refused. Source: Shorrocks (1980), Econometrica 48(3).
    """
    a = number(alpha, "alpha")
    chosen(zero, "zero", "raise", "censor")
    values, w = rows(weights, x=x)
    whole = a >= 2 and a == int(a)
    values = defined(values, zero, floor, ANY if whole else NOT_NEGATIVE if a > 0 else ABOVE_ZERO)
    ratio = values / positive_mean(values, w)
    if a == 1:
        return theil_of(values, w)
    if a == 0:
        return -mean_of(np.log(ratio), w)
    if whole:
        excess = ratio**a - 1.0
    else:  # forms that keep their digits near 0 and near 1
        logs = np.log(np.where(ratio > 0, ratio, 1.0))
        near_one = ratio * np.expm1((a - 1.0) * logs)
        excess = near_one if a > 0.5 else np.where(ratio > 0, np.expm1(a * logs), -1.0)
    return mean_of(excess, w) / (a * (a - 1.0))


@finite
def atkinson(
    x: ArrayLike,
    epsilon: float,
    weights: ArrayLike | None = None,
    zero: str = "raise",
    floor: float | None = None,
) -> float:
    """Return the Atkinson index, one less the equally distributed equivalent over the mean.

    Zeros are refused for ``epsilon`` of one and more, negative values for every one;
    ``zero="censor"`` raises all below ``floor`` to it. A mean of zero is refused.
    Source: Atkinson (1970), Journal of Economic Theory 2(3).
    """
    aversion = number(epsilon, "epsilon", NOT_NEGATIVE)
    chosen(zero, "zero", "raise", "censor")
    values, w = rows(weights, x=x)
    values = defined(values, zero, floor, NOT_NEGATIVE if aversion < 1 else ABOVE_ZERO)
    mean = positive_mean(values, w)
    unit = mean if aversion < 1 else float(values.min())  # keeps powers below one
    logs = np.log(np.where(values > 0, values / unit, 1.0))
    if aversion == 1:
        equivalent = mean_of(logs, w)
    else:
        power = 1.0 - aversion
        excess = mean_of(np.where(values > 0, np.expm1(power * logs), -1.0), w)
        equivalent = np.log1p(excess) / power
    return float(-np.expm1(equivalent + np.log(unit / mean)))


@finite
def s80_s20(x: ArrayLike, weights: ArrayLike | None = None, method: str = "split") -> float:
    """Return the income of the richest over that of the poorest fifth of people.

    ``split`` divides sums of exact fifths, persons split at the boundary (the default);
    ``laeken`` takes whole persons, x <= first and x > fourth quintile, ratio of sums (Eurostat
    as in R); ``means`` divides the means of the same whole persons.

    Zero and negative values are taken as they are; a poorest fifth without income is refused,
    and by the last two methods a fourth quintile above which there is nobody.
    """
    chosen(method, "method", "split", "laeken", "means")
    values, w = rows(weights, x=x)
    if method == "split":
        return top_to_bottom(values, w, 0.2, 0.8)
    poor = values <= quantile(values, 0.2, w)
    rich = values > quantile(values, 0.8, w)
    if not rich.any():
        raise ValueError(f"x: nobody is above the fourth quintile, as method={method!r} needs")
    bottom, top = (float((values * w)[part].sum()) for part in (poor, rich))
    if bottom <= 0:
        raise ValueError("x: the poorest fifth has no income")
    ratio = top / bottom
    return ratio * float(w[poor].sum() / w[rich].sum()) if method == "means" else ratio


@finite
def palma(x: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the income of the richest tenth over that of the poorest four tenths.

    Zero and negative values are taken as they are; poorest four tenths without income are
    refused.
    """
    values, w = rows(weights, x=x)
    return top_to_bottom(values, w, 0.4, 0.9)


def top_to_bottom(values: Array, w: Array, bottom: float, top: float) -> float:
    """Return the income of people above the share ``top`` over that of those below ``bottom``."""
    low, high = np.interp([bottom, top], *curve(values, w))
    if low <= 0:
        raise ValueError(f"x: the poorest {bottom:.0%} have no income")
    return float((1.0 - high) / low)


@finite
def wolfson(x: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the Wolfson polarisation index, 2 mu/m (2 (0.5 - L(0.5)) - G) over two.

    Scaled as in ``pysal``: (mu/m) (1 - 2 L(0.5) - G). Zero and negative values are taken as they
    are; a median of zero or less is refused. Source: Wolfson (1994), AER 84(2).
    """
    values, w = rows(weights, x=x)
    mean, median = positive_mean(values, w), quantile(values, 0.5, w)
    if median <= 0:
        raise ValueError("x: the median must be above zero")
    half = float(np.interp(0.5, *curve(values, w)))
    return mean / median * (1.0 - 2.0 * half - spread(values, values, w) / mean)


@finite
def herfindahl(x: ArrayLike) -> float:
    """Return the Herfindahl index, the sum of squared shares.

    It takes no weights, as it counts units: two equal ones are less concentrated than one.
    Zeros are taken; negative values and a total of zero are refused.
    """
    values, w = rows(None, x=x)
    positive_mean(within(values, "x", NOT_NEGATIVE), w)
    return float(np.sum((values / values.sum()) ** 2))


@finite
def rosenbluth(x: ArrayLike) -> float:
    """Return the Rosenbluth index, 1 / (n (1 - G)).

    It takes no weights, as it counts units: two equal ones are less concentrated than one.
    Zeros add nothing to it; negative values and a total of zero are refused.
    """
    values, w = rows(None, x=x)
    mean = positive_mean(within(values, "x", NOT_NEGATIVE), w)
    return 1.0 / (len(values) * (1.0 - spread(values, values, w) / mean))
