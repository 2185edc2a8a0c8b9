"""Medical spending that ruins, and on whom it falls."""

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import checked


def catastrophic_health_share(
    out_of_pocket: ArrayLike,
    capacity_to_pay: ArrayLike,
    threshold: float = 0.4,
    weights: ArrayLike | None = None,
) -> float:
    """Return the share of people whose own payments exceed a share of their capacity to pay.

    Source: World Health Organization, threshold 40 % (Xu et al. 2003).
    """
    paid, w = checked(out_of_pocket, weights, "out_of_pocket")
    capacity, _ = checked(capacity_to_pay, weights, "capacity_to_pay")
    return float(w[paid > threshold * np.maximum(capacity, 0.0)].sum() / w.sum())


def concentration_index(
    x: ArrayLike, rank_by: ArrayLike, weights: ArrayLike | None = None
) -> float:
    """Return the concentration index of ``x`` over people ranked by ``rank_by``.

    .. math:: C = 2 cov(x, r) / \\mu

    Below zero if ``x`` is concentrated among the poor. Source: Kakwani, Wagstaff and van
    Doorslaer (1997).
    """
    values, w = checked(x, weights)
    by, _ = checked(rank_by, weights, "rank_by")
    order = np.argsort(by, kind="stable")
    share = w[order] / w.sum()
    rank = np.cumsum(share) - 0.5 * share
    mean = float(np.dot(values, w) / w.sum())
    return float(2.0 * np.dot(share, (values[order] - mean) * (rank - 0.5)) / mean)
