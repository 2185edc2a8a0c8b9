"""Relative deprivation."""

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import finite
from povsim.measures._read import Array, Table


@finite
def yitzhaki_deprivation(x: ArrayLike, weights: ArrayLike | None = None) -> Array:
    """Return each person's relative deprivation, (1/N) sum_j w_j (x_j - x_i)+.

    In the order of ``x``. A row of weight zero makes nobody feel deprived, and is told what its
    own income would feel like. Values may be zero or negative.
    Its mean is the mean times the Gini coefficient. Source: Yitzhaki (1979), QJE 93(2).
    """
    table = Table()
    values, w = table.column(x, "x"), table.weights(weights)
    order = np.argsort(values, kind="stable")
    sorted_x, sorted_w = values[order], w[order]
    people, income = np.cumsum(sorted_w), np.cumsum(sorted_x * sorted_w)
    richer_people, richer_income = people[-1] - people, income[-1] - income
    result = np.empty_like(values)
    result[order] = (richer_income - sorted_x * richer_people) / people[-1]
    return np.maximum(result, 0.0)
