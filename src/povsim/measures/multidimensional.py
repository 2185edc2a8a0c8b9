"""Multidimensional poverty by counting deprivations."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import checked


class AlkireFoster(NamedTuple):
    """Headcount H, intensity A, adjusted headcount M0 = H A; gap M1 and squared gap M2."""

    H: float
    A: float
    M0: float
    M1: float
    M2: float


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
        Whether each person is deprived in each indicator.
    indicator_weights : array_like, shape (indicators,)
        Weights; their scale is that of ``k``.
    k : float
        A person is poor if the weighted count is at least ``k``.
    gaps : array_like, optional
        Normalised gaps of the same shape, for M1 and M2; NaN is returned without them.

    Notes
    -----
    Source: Alkire and Foster (2011), Journal of Public Economics 95(7-8).
    """
    lacks = np.asarray(deprived, dtype=bool)
    if lacks.ndim != 2:
        raise ValueError(f"deprived: two dimensions are needed, found shape {lacks.shape}")
    importance = np.asarray(indicator_weights, dtype=float)
    if importance.shape != (lacks.shape[1],) or (importance < 0).any() or importance.sum() <= 0:
        raise ValueError(f"indicator_weights: {lacks.shape[1]} weights of zero or more are needed")
    if not 0 < k <= importance.sum() * (1 + 1e-9):
        raise ValueError(f"k={k}: allowed is above 0 and at most {importance.sum():g}")
    count = lacks @ importance
    count, w = checked(count, weights, "deprived")
    poor = count >= k - 1e-12
    headcount = float(w[poor].sum() / w.sum())
    share = count / importance.sum()
    intensity = float(np.dot(share[poor], w[poor]) / w[poor].sum()) if headcount > 0 else 0.0
    m1 = m2 = float("nan")
    if gaps is not None:
        depth = np.where(lacks, np.asarray(gaps, dtype=float), 0.0)
        scale = importance / importance.sum()
        m1 = float(np.dot((depth @ scale) * poor, w) / w.sum())
        m2 = float(np.dot((depth**2 @ scale) * poor, w) / w.sum())
    return AlkireFoster(headcount, intensity, headcount * intensity, m1, m2)
