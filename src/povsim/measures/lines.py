"""Poverty lines and equivalence scales."""

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import ABOVE_ZERO, NOT_NEGATIVE, Bounds, finite, number, within
from povsim.measures._read import Array, Table
from povsim.measures.inequality import weighted_median


@finite
def relative_line(x: ArrayLike, share: float = 0.5, weights: ArrayLike | None = None) -> float:
    """Return a share of the weighted median of ``x``; whose median it is depends on ``x``.

    Values may be zero or negative, but their median must be above zero.
    """
    part = number(share, "share", ABOVE_ZERO)
    return part * _median(x, weights, ABOVE_ZERO)


@finite
def weakly_relative_line(
    x: ArrayLike,
    absolute: float,
    constant: float,
    share: float = 0.5,
    weights: ArrayLike | None = None,
) -> float:
    """Return max(absolute, constant + share * median) (Ravallion and Chen 2011).

    Values may be zero or negative, but their median may not be negative.
    """
    least, part = number(absolute, "absolute", ABOVE_ZERO), number(share, "share", ABOVE_ZERO)
    base = number(constant, "constant", NOT_NEGATIVE)
    return max(least, base + part * _median(x, weights, NOT_NEGATIVE))


@finite
def societal_line(
    median: float, absolute: float = 3.00, constant: float = 1.30, share: float = 0.5
) -> float:
    """Return the World Bank's societal line, max(absolute, constant + share * median)."""
    least, part = number(absolute, "absolute", ABOVE_ZERO), number(share, "share", ABOVE_ZERO)
    base, middle = (
        number(value, name, NOT_NEGATIVE)
        for value, name in ((constant, "constant"), (median, "median"))
    )
    return max(least, base + part * middle)


@finite
def oecd_equivalent_adults(adults: ArrayLike, children: ArrayLike) -> Array:
    """Return equivalent adults, 1 + 0.5 (adults - 1) + 0.3 children (OECD-modified).

    In the order of ``adults``; it takes no weights, as each household has its own scale. The
    first is counted as one also where there are only children. Negative numbers and households
    of nobody are refused.
    """
    table = Table()
    grown, young = (
        within(table.column(value, name), name, NOT_NEGATIVE)
        for value, name in ((adults, "adults"), (children, "children"))
    )
    if (grown + young <= 0).any():
        raise ValueError("adults: a household has neither adults nor children")
    return 1.0 + 0.5 * np.maximum(grown - 1.0, 0.0) + 0.3 * young


def _median(x: ArrayLike, weights: ArrayLike | None, allowed: Bounds) -> float:
    median = weighted_median(x, weights)
    if not allowed.hold(median):
        raise ValueError(f"x: the median is {median:g}; allowed is {allowed}")
    return median
