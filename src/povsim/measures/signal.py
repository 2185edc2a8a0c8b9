"""How well a warning signal tells those who will fall from those who will not."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from povsim.measures._check import checked


class WarningRates(NamedTuple):
    """Shares of falls that were flagged, of non-falls that were flagged, of flags that fell."""

    true_positive: float
    false_positive: float
    precision: float


def auc_of_signal(strength: float) -> float:
    """Return the area under the ROC curve of a binormal signal d', Phi(d'/sqrt 2)."""
    return float(ndtr(strength / np.sqrt(2.0)))


def signal_of_auc(auc: float) -> float:
    """Return d' = sqrt 2 Phi^-1(AUC)."""
    if not 0 < auc < 1:
        raise ValueError(f"auc={auc}: allowed is above 0 and below 1")
    return float(np.sqrt(2.0) * ndtri(auc))


def true_positive_rate(strength: float, false_positive_rate: float) -> float:
    """Return the true positive rate at a false positive rate, Phi(Phi^-1(f) + d')."""
    return float(ndtr(ndtri(false_positive_rate) + strength))


def warning_rates(
    flagged: ArrayLike, fell: ArrayLike, weights: ArrayLike | None = None
) -> WarningRates:
    """Return the confusion rates of flags against falls."""
    flag, w = checked(np.asarray(flagged, dtype=float), weights, "flagged")
    fall, _ = checked(np.asarray(fell, dtype=float), weights, "fell")
    raised, fallen = flag > 0, fall > 0

    def share(part: np.ndarray, of: np.ndarray) -> float:
        whole = w[of].sum()
        return float(w[part & of].sum() / whole) if whole > 0 else float("nan")

    return WarningRates(share(raised, fallen), share(raised, ~fallen), share(fallen, raised))
