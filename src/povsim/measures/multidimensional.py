"""Multidimensional poverty by counting deprivations."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import (
    ABOVE_ZERO,
    ROUNDING,
    SHARE,
    counted,
    finite,
    flags,
    mean_of,
    number,
    within,
)
from povsim.measures._read import Table, not_all_zero


class AlkireFoster(NamedTuple):
    """Headcount H, intensity A, adjusted headcount M0 = H A; gap M1 and squared gap M2."""

    H: float
    A: float
    M0: float
    M1: float
    M2: float


@finite
def alkire_foster(
    deprived: ArrayLike,
    indicator_weights: ArrayLike,
    k: float,
    weights: ArrayLike | None = None,
    gaps: ArrayLike | None = None,
) -> AlkireFoster:
    """Return the Alkire-Foster measures.

    Parameters
    ----------
    deprived : array_like, shape (persons, indicators)
        Whether each person is deprived in each indicator: True and False, or 1 and 0.
    indicator_weights : array_like, shape (indicators,)
        Weights of zero or more; their scale is that of ``k``. A Series is aligned with the
        columns of ``deprived``.
    k : float
        A person is poor if the weighted count is at least ``k``.
    gaps : array_like, optional
        Normalised gaps of the same shape, 0 to 1, for M1 and M2, which are NaN without them;
        that of an indicator in which a person is not deprived is not looked at.

    Notes
    -----
    Intensity is 0 where nobody is poor. Source: Alkire and Foster (2011), Journal of Public
    Economics 95(7-8).
    """
    table = Table(truths=("deprived",))
    lacked = table.matrix(deprived, "deprived")
    own = table.across(indicator_weights, "indicator_weights")
    depth = None if gaps is None else table.matrix(gaps, "gaps")
    everybody = table.weights(weights)
    lacked, w = counted(everybody, lacked)
    lacks = flags(lacked, "deprived")
    whole = float(not_all_zero(own, "indicator_weights").sum())
    cutoff = number(k, "k", ABOVE_ZERO)
    if cutoff > whole * (1 + ROUNDING):
        raise ValueError(f"k={k!r}: allowed is above 0 and at most {whole:g}")
    share = lacks @ (own / whole)
    poor = share >= cutoff / whole - ROUNDING
    headcount, adjusted = mean_of(poor, w), mean_of(share * poor, w)
    intensity = adjusted / headcount if headcount > 0 else 0.0
    m1 = m2 = float("nan")
    if depth is not None:
        depth, _ = counted(everybody, depth)
        depth = within(np.where(lacks, depth, 0.0), "gaps", SHARE)
        m1, m2 = (mean_of((depth**a @ (own / whole)) * poor, w) for a in (1, 2))
    return AlkireFoster(headcount, intensity, adjusted, m1, m2)
