"""Quantiles and inequality, weighted by persons."""

import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray

from povsim.measures._check import checked, ordered, positive

Array = NDArray[np.float64]


class GiniBoundWarning(UserWarning):
    """Negative values are present, so that the Gini coefficient can exceed one."""


def weighted_quantile(x: ArrayLike, q: float, weights: ArrayLike | None = None) -> float:
    """Return the smallest x whose cumulative weight share reaches q.

    Where q is hit exactly the two neighbours are averaged (the convention of R's ``laeken``).
    """
    if not 0.0 <= q <= 1.0:
        raise ValueError(f"q={q}: allowed is 0 to 1")
    values, w = ordered(*checked(x, weights))
    cumulated = np.cumsum(w)
    target = q * cumulated[-1]
    i = int(np.searchsorted(cumulated, target * (1 - 1e-12), side="left"))
    i = min(i, len(values) - 1)
    exact = abs(cumulated[i] - target) <= 1e-12 * cumulated[-1]
    if exact and i + 1 < len(values):
        return float(0.5 * (values[i] + values[i + 1]))
    return float(values[i])


def weighted_median(x: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the weighted median."""
    return weighted_quantile(x, 0.5, weights)


def gini(x: ArrayLike, weights: ArrayLike | None = None, bias_corrected: bool = False) -> float:
    """Return the Gini coefficient, population form (n in the denominator).

    .. math:: G = \\frac{\\sum_i w_i x_i (2 C_{i-1} + w_i)}{\\mu W^2} - 1

    with cumulated weights :math:`C_i = \\sum_{j \\le i} w_j`.

    ``bias_corrected`` multiplies by n/(n-1). Warns where negative values can lift it above one.
    """
    values, w = ordered(*checked(x, weights))
    total = float(np.dot(values, w))
    if total <= 0:
        raise ValueError("gini: the mean must be above zero")
    if values[0] < 0:
        warnings.warn(
            "negative values: the Gini coefficient can exceed 1", GiniBoundWarning, stacklevel=2
        )
    cumulated = np.cumsum(w)
    result = float(np.dot(w * values, 2 * cumulated - w) / (total * cumulated[-1]) - 1.0)
    if bias_corrected:
        n = len(values)
        result *= n / (n - 1)
    return result


def lorenz(x: ArrayLike, weights: ArrayLike | None = None) -> tuple[Array, Array]:
    """Return cumulative shares of people and of income, both starting at zero."""
    values, w = ordered(*checked(x, weights))
    people = np.concatenate([[0.0], np.cumsum(w)]) / w.sum()
    income = np.concatenate([[0.0], np.cumsum(values * w)]) / np.dot(values, w)
    return people, income


def lorenz_asymmetry(x: ArrayLike) -> float:
    """Return the Lorenz asymmetry coefficient (Damgaard and Weiner 2000); ties are averaged."""
    values, _ = ordered(*checked(x, None))
    mean, n = values.mean(), len(values)
    total = values.sum()
    below = int((values < mean).sum())
    equal = int((values == mean).sum())
    sum_below = values[values < mean].sum()
    if equal:
        low = below / n + sum_below / total
        high = (below + equal) / n + (sum_below + equal * mean) / total
        return float(0.5 * (low + high))
    delta = (mean - values[below - 1]) / (values[below] - values[below - 1])
    return float((below + delta) / n + (sum_below + delta * values[below]) / total)


def theil(
    x: ArrayLike, weights: ArrayLike | None = None, zero: str = "limit", floor: float | None = None
) -> float:
    """Return the Theil T index, E[(x/mu) ln(x/mu)]; a zero counts as its limit, zero.

    Source: Theil (1967). Negative values raise.
    """
    values, w = checked(x, weights)
    if zero == "censor":
        values = positive(values, "theil", zero, floor)
    if (values < 0).any():
        raise ValueError("theil: negative values")
    mean = np.dot(values, w) / w.sum()
    if mean <= 0:
        raise ValueError("theil: the mean must be above zero")
    ratio = values / mean
    logs = np.zeros_like(ratio)
    np.log(ratio, out=logs, where=ratio > 0)
    return float(np.dot(w, ratio * logs) / w.sum())


def mean_log_deviation(
    x: ArrayLike, weights: ArrayLike | None = None, zero: str = "raise", floor: float | None = None
) -> float:
    """Return the mean log deviation (Theil L), E[ln(mu/x)]."""
    values, w = checked(x, weights)
    values = positive(values, "mean_log_deviation", zero, floor)
    mean = np.dot(values, w) / w.sum()
    return float(np.dot(w, np.log(mean / values)) / w.sum())


def generalized_entropy(
    x: ArrayLike,
    alpha: float,
    weights: ArrayLike | None = None,
    zero: str = "raise",
    floor: float | None = None,
) -> float:
    """Return the generalised entropy index GE(alpha); 0 is the mean log deviation, 1 is Theil T.

    .. math:: GE(a) = \\frac{E[(x/\\mu)^a] - 1}{a (a - 1)}

    Source: Shorrocks (1980), Econometrica 48(3).
    """
    if alpha == 0:
        return mean_log_deviation(x, weights, zero, floor)
    if alpha == 1:
        return theil(x, weights)
    values, w = checked(x, weights)
    if alpha < 0:
        values = positive(values, "generalized_entropy", zero, floor)
    mean = np.dot(values, w) / w.sum()
    moment = np.dot(w, (values / mean) ** alpha) / w.sum()
    return float((moment - 1.0) / (alpha * (alpha - 1.0)))


def atkinson(
    x: ArrayLike,
    epsilon: float,
    weights: ArrayLike | None = None,
    zero: str = "raise",
    floor: float | None = None,
) -> float:
    """Return the Atkinson index, one less the equally distributed equivalent over the mean.

    Source: Atkinson (1970), Journal of Economic Theory 2(3). For ``epsilon`` of one and more,
    zero and negative values raise unless censored.
    """
    if epsilon < 0:
        raise ValueError(f"epsilon={epsilon}: allowed is 0 or more")
    values, w = checked(x, weights)
    if epsilon >= 1 or (values < 0).any():
        values = positive(values, "atkinson", zero, floor)
    mean = np.dot(values, w) / w.sum()
    if epsilon == 1:
        return float(1.0 - np.exp(np.dot(w, np.log(values)) / w.sum()) / mean)
    power = 1.0 - epsilon
    return float(1.0 - (np.dot(w, values**power) / w.sum()) ** (1.0 / power) / mean)


def s80_s20(x: ArrayLike, weights: ArrayLike | None = None, method: str = "split") -> float:
    """Return the income of the richest over that of the poorest fifth of people.

    ``split`` divides sums of exact fifths, persons split at the boundary (the default);
    ``laeken`` takes whole persons, x <= first and x > fourth quintile, ratio of sums (Eurostat
    as in R); ``means`` divides the means of the same whole persons.
    """
    if method == "split":
        people, income = lorenz(x, weights)
        low, high = np.interp([0.2, 0.8], people, income)
        return float((1.0 - high) / low)
    if method not in ("laeken", "means"):
        raise ValueError(f"method={method!r}: allowed are split, laeken, means")
    values, w = checked(x, weights)
    poor = values <= weighted_quantile(values, 0.2, w)
    rich = values > weighted_quantile(values, 0.8, w)
    ratio = np.dot(values[rich], w[rich]) / np.dot(values[poor], w[poor])
    if method == "means":
        ratio *= w[poor].sum() / w[rich].sum()
    return float(ratio)


def palma(x: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the income of the richest tenth over that of the poorest four tenths."""
    people, income = lorenz(x, weights)
    low, high = np.interp([0.4, 0.9], people, income)
    return float((1.0 - high) / low)


def wolfson(x: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the Wolfson polarisation index, 2 mu/m (2 (0.5 - L(0.5)) - G) over two.

    Scaled as in ``pysal``: (mu/m) (1 - 2 L(0.5) - G). Source: Wolfson (1994), AER 84(2).
    """
    values, w = checked(x, weights)
    people, income = lorenz(values, w)
    half = float(np.interp(0.5, people, income))
    mean = float(np.dot(values, w) / w.sum())
    return mean / weighted_median(values, w) * (1.0 - 2.0 * half - gini(values, w))


def herfindahl(x: ArrayLike) -> float:
    """Return the Herfindahl index, the sum of squared shares."""
    values, _ = checked(x, None)
    return float(np.sum((values / values.sum()) ** 2))


def rosenbluth(x: ArrayLike) -> float:
    """Return the Rosenbluth index, 1 / (n (1 - G))."""
    values, _ = checked(x, None)
    return 1.0 / (len(values) * (1.0 - gini(values)))
