"""How well a warning signal tells those who will fall from those who will not."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from povsim.measures._check import SHARE, Bounds, finite, flags, number, rows


class WarningRates(NamedTuple):
    """Shares of falls that were flagged, of non-falls that were flagged, of flags that fell."""

    true_positive: float
    false_positive: float
    precision: float


@finite
def auc_of_signal(strength: float) -> float:
    """Return the area under the ROC curve of a binormal signal d', Phi(d'/sqrt 2)."""
    return float(ndtr(number(strength, "strength") / np.sqrt(2.0)))


@finite
def signal_of_auc(auc: float) -> float:
    """Return d' = sqrt 2 Phi^-1(AUC)."""
    return float(np.sqrt(2.0) * ndtri(number(auc, "auc", Bounds(above=0, below=1))))


@finite
def true_positive_rate(strength: float, false_positive_rate: float) -> float:
    """Return the true positive rate at a false positive rate, Phi(Phi^-1(f) + d')."""
    distance, false = (
        number(strength, "strength"),
        number(false_positive_rate, "false_positive_rate", SHARE),
    )
    return float(ndtr(ndtri(false) + distance))


@finite
def warning_rates(
    flagged: ArrayLike, fell: ArrayLike, weights: ArrayLike | None = None
) -> WarningRates:
    """Return the confusion rates of flags against falls.

    Both are True and False, or 1 and 0. A rate is NaN where there is nobody to count it of:
    nobody who fell, nobody who did not, nobody flagged.
    """
    columns = {"flagged": flagged, "fell": fell}
    flag, fall, w = rows(weights, truths=("flagged", "fell"), **columns)
    raised, fallen = flags(flag, "flagged"), flags(fall, "fell")

    def share(part: NDArray[np.bool_], of: NDArray[np.bool_]) -> float:
        return float(w[part & of].sum() / w[of].sum()) if of.any() else float("nan")

    return WarningRates(share(raised, fallen), share(raised, ~fallen), share(fallen, raised))
