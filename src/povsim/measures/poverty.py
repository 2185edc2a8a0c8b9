"""Poverty: how many, how deep, how unequal among the poor. A person is poor if x < line."""

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import (
    ABOVE_ZERO,
    NOT_NEGATIVE,
    chosen,
    defined,
    finite,
    lined_rows,
    mean_of,
    number,
    ranks,
    rows,
)
from povsim.measures._read import Array
from povsim.measures.inequality import spread


@finite
def fgt(x: ArrayLike, line: ArrayLike, alpha: float, weights: ArrayLike | None = None) -> float:
    """Return the Foster-Greer-Thorbecke index.

    .. math:: P_\\alpha = E[((z - x)/z)^\\alpha 1(x < z)]

    ``line`` is one for all or one a row. Incomes may be zero or negative: the gap of a negative
    one is above one. Source: Foster, Greer and Thorbecke (1984), Econometrica 52(3).

    Examples
    --------
    >>> fgt([1.0, 3.0], 2.0, 1)
    0.25
    """
    power = number(alpha, "alpha", NOT_NEGATIVE)
    values, lines, w = lined_rows(x, line, weights)
    return mean_of(gaps(values, lines, power), w)


def gaps(values: Array, lines: Array | float, alpha: float) -> Array:
    """Return each gap to the line, as a share of it, to the power ``alpha``; 0 if not poor."""
    poor = values < lines
    gap = np.where(poor, (lines - values) / lines, 0.0)
    return np.where(poor, gap**alpha, 0.0)


@finite
def headcount_ratio(x: ArrayLike, line: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the share of people below the line (P0); incomes may be zero or negative."""
    return fgt(x, line, 0, weights)


@finite
def poverty_gap(x: ArrayLike, line: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean gap to the line as a share of the line (P1).

    Incomes may be zero or negative: the gap of a negative one is above one.
    """
    return fgt(x, line, 1, weights)


@finite
def squared_poverty_gap(x: ArrayLike, line: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean squared gap (P2).

    Incomes may be zero or negative: the gap of a negative one is above one.
    """
    return fgt(x, line, 2, weights)


@finite
def watts(
    x: ArrayLike,
    line: ArrayLike,
    weights: ArrayLike | None = None,
    zero: str = "raise",
    floor: float | None = None,
) -> float:
    """Return the Watts index, the mean of ln(z/x) over the poor, divided by all weights.

    Source: Watts (1968); World Bank practice. Zero and negative incomes are refused, or raised
    to ``floor``, which lies at no line or above one, with ``zero="censor"``.
    """
    chosen(zero, "zero", "raise", "censor")
    values, lines, w = lined_rows(x, line, weights)
    values = defined(values, zero, floor, ABOVE_ZERO)
    if floor is not None and floor >= lines.min():
        raise ValueError(f"floor={floor!r}: allowed is below the line")
    poor = values < lines
    return mean_of(np.log(np.where(poor, lines / values, 1.0)), w)


@finite
def sen(x: ArrayLike, line: float, weights: ArrayLike | None = None) -> float:
    """Return the Sen index H (I + (1 - I) G_p), the replication-invariant form of R's ``ineq``.

    H is the headcount, I the mean gap of the poor, G_p the Gini of the poor. It is computed as
    H (I + D / z), D their mean times their Gini, so that incomes may be zero or negative, and
    all the poor without any. ``line`` is one for all. Source: Sen (1976), Econometrica 44(2).
    """
    z = number(line, "line", ABOVE_ZERO)
    values, w = rows(weights, x=x)
    poor = values < z
    if not poor.any():
        return 0.0
    low, own = values[poor], w[poor]
    return float(own.sum() / w.sum()) * (mean_of((z - low) / z, own) + spread(low, low, own) / z)


@finite
def sen_shorrocks_thon(x: ArrayLike, line: float, weights: ArrayLike | None = None) -> float:
    """Return the Sen-Shorrocks-Thon index, mean of 2 (1 - rank) times the gap.

    .. math:: P = \\frac{1}{n^2} \\sum_i (2n - 2i + 1) g_i, \\quad x_1 \\le x_2 \\le \\dots

    ``line`` is one for all. Incomes may be zero or negative: the gap of a negative one is above
    one. Source: Shorrocks (1995), Econometrica 63(5).
    """
    z = number(line, "line", ABOVE_ZERO)
    values, w = rows(weights, x=x)
    gap = np.maximum((z - values) / z, 0.0)
    return mean_of(2.0 * (1.0 - ranks(values, w)) * gap, w)
