"""Poverty: how many, how deep, how unequal among the poor. A person is poor if x < line."""

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import checked, checked_line, ordered, positive
from povsim.measures.inequality import gini


def fgt(x: ArrayLike, line: ArrayLike, alpha: float, weights: ArrayLike | None = None) -> float:
    """Return the Foster-Greer-Thorbecke index.

    .. math:: P_\\alpha = E[((z - x)/z)^\\alpha 1(x < z)]

    Source: Foster, Greer and Thorbecke (1984), Econometrica 52(3). Incomes may be negative.

    Examples
    --------
    >>> fgt([1.0, 3.0], 2.0, 1)
    0.25
    """
    if alpha < 0:
        raise ValueError(f"alpha={alpha}: allowed is 0 or more")
    values, w = checked(x, weights)
    z = checked_line(line, values)
    poor = values < z
    gap = np.where(poor, (z - values) / z, 0.0)
    power = poor.astype(float) if alpha == 0 else np.where(poor, gap**alpha, 0.0)
    return float(np.dot(power, w) / w.sum())


def headcount_ratio(x: ArrayLike, line: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the share of people below the line (P0)."""
    return fgt(x, line, 0, weights)


def poverty_gap(x: ArrayLike, line: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean gap to the line as a share of the line (P1)."""
    return fgt(x, line, 1, weights)


def squared_poverty_gap(x: ArrayLike, line: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean squared gap (P2)."""
    return fgt(x, line, 2, weights)


def watts(
    x: ArrayLike,
    line: ArrayLike,
    weights: ArrayLike | None = None,
    zero: str = "raise",
    floor: float | None = None,
) -> float:
    """Return the Watts index, the mean of ln(z/x) over the poor, divided by all weights.

    Source: Watts (1968); World Bank practice. Zero and negative incomes raise, or are raised to
    ``floor`` with ``zero="censor"``.
    """
    values, w = checked(x, weights)
    z = checked_line(line, values)
    poor = values < z
    logs = np.zeros_like(values)
    if poor.any():
        line_of = np.broadcast_to(z, values.shape)[poor]
        logs[poor] = np.log(line_of / positive(values[poor], "watts", zero, floor))
    return float(np.dot(logs, w) / w.sum())


def sen(x: ArrayLike, line: float, weights: ArrayLike | None = None) -> float:
    """Return the Sen index H (I + (1 - I) G_p), the replication-invariant form of R's ``ineq``.

    H is the headcount, I the mean gap of the poor, G_p the Gini of the poor.
    Source: Sen (1976), Econometrica 44(2).
    """
    values, w = checked(x, weights)
    z = float(checked_line(line, values))
    poor = values < z
    if not poor.any():
        return 0.0
    q = float(w[poor].sum())
    shortfall = float(np.dot((z - values[poor]) / z, w[poor]) / q)
    spread = gini(values[poor], w[poor])
    return q / float(w.sum()) * (shortfall + (1 - shortfall) * spread)


def sen_shorrocks_thon(x: ArrayLike, line: float, weights: ArrayLike | None = None) -> float:
    """Return the Sen-Shorrocks-Thon index, mean of 2 (1 - rank) times the gap.

    .. math:: P = \\frac{1}{n^2} \\sum_i (2n - 2i + 1) g_i, \\quad x_1 \\le x_2 \\le \\dots

    Source: Shorrocks (1995), Econometrica 63(5).
    """
    values, w = checked(x, weights)
    z = float(checked_line(line, values))
    values, w = ordered(values, w)
    share = w / w.sum()
    middle = np.cumsum(share) - 0.5 * share
    gap = np.maximum((z - values) / z, 0.0)
    return float(np.sum(share * 2.0 * (1.0 - middle) * gap))
