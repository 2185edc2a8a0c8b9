"""Poverty lines and equivalence scales."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from povsim.measures._check import checked
from povsim.measures.inequality import weighted_median


def relative_line(x: ArrayLike, share: float = 0.5, weights: ArrayLike | None = None) -> float:
    """Return a share of the weighted median of ``x``; whose median it is depends on ``x``."""
    if share <= 0:
        raise ValueError(f"share={share}: allowed is above 0")
    return share * weighted_median(x, weights)


def weakly_relative_line(
    x: ArrayLike,
    absolute: float,
    constant: float,
    share: float = 0.5,
    weights: ArrayLike | None = None,
) -> float:
    """Return max(absolute, constant + share * median) (Ravallion and Chen 2011)."""
    return max(absolute, constant + relative_line(x, share, weights))


def societal_line(
    median: float, absolute: float = 3.00, constant: float = 1.30, share: float = 0.5
) -> float:
    """Return the World Bank's societal line, max(absolute, constant + share * median)."""
    return max(absolute, constant + share * median)


def oecd_equivalent_adults(adults: ArrayLike, children: ArrayLike) -> NDArray[np.float64]:
    """Return equivalent adults, 1 + 0.5 (adults - 1) + 0.3 children (OECD-modified)."""
    grown, young = np.asarray(adults, dtype=float), np.asarray(children, dtype=float)
    checked(grown, None, "adults")
    return 1.0 + 0.5 * np.maximum(grown - 1.0, 0.0) + 0.3 * young
