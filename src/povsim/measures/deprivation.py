"""Relative deprivation."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from povsim.measures._check import checked


def yitzhaki_deprivation(x: ArrayLike, weights: ArrayLike | None = None) -> NDArray[np.float64]:
    """Return each person's relative deprivation, (1/N) sum_j w_j (x_j - x_i)+.

    Its mean is the mean times the Gini coefficient. Source: Yitzhaki (1979), QJE 93(2).
    """
    values, w = checked(x, weights)
    order = np.argsort(values, kind="stable")
    sorted_x, sorted_w = values[order], w[order]
    above_w = sorted_w.sum() - np.cumsum(sorted_w)
    above_income = np.dot(sorted_x, sorted_w) - np.cumsum(sorted_x * sorted_w)
    result = np.empty_like(values)
    result[order] = (above_income - sorted_x * above_w) / sorted_w.sum()
    return np.maximum(result, 0.0)
