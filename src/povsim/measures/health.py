"""Medical spending that ruins, and on whom it falls."""

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import SHARE, finite, number, positive_mean, rows
from povsim.measures.inequality import spread


@finite
def catastrophic_health_share(
    out_of_pocket: ArrayLike,
    capacity_to_pay: ArrayLike,
    threshold: float = 0.4,
    weights: ArrayLike | None = None,
) -> float:
    """Return the share of people whose own payments exceed a share of their capacity to pay.

    A capacity of zero or less counts as zero, so that any payment exceeds it; a payment of zero
    or less (a refund) never does. ``threshold`` is a share, 0 to 1.
    Source: World Health Organization, threshold 40 % (Xu et al. 2003).
    """
    share = number(threshold, "threshold", SHARE)
    paid, capacity, w = rows(weights, out_of_pocket=out_of_pocket, capacity_to_pay=capacity_to_pay)
    ruined = paid > share * np.maximum(capacity, 0.0)
    return float(w[ruined].sum() / w.sum())


@finite
def concentration_index(
    x: ArrayLike, rank_by: ArrayLike, weights: ArrayLike | None = None
) -> float:
    """Return the concentration index of ``x`` over people ranked by ``rank_by``.

    .. math:: C = 2 cov(x, r) / \\mu

    Below zero if ``x`` is concentrated among the poor. People with the same ``rank_by`` share
    the middle of their ranks. ``x`` may be True and False (ill or not), zero or negative, but
    its mean must be above zero; ``rank_by`` may be anything.
    Source: Kakwani, Wagstaff and van Doorslaer (1997).
    """
    values, by, w = rows(weights, truths=("x",), x=x, rank_by=rank_by)
    return spread(values, by, w) / positive_mean(values, w)
