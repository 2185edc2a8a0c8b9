"""Split inequality and poverty between and within groups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from povsim.measures._check import checked
from povsim.measures.inequality import theil
from povsim.measures.poverty import fgt


class TheilParts(NamedTuple):
    """Theil T and its parts; ``total`` = ``within`` + ``between``."""

    total: float
    within: float
    between: float
    by_group: dict[object, float]


def theil_decomposition(
    x: ArrayLike, groups: ArrayLike, weights: ArrayLike | None = None
) -> TheilParts:
    """Return Theil T within and between groups.

    .. math:: T = \\sum_g s_g T_g + \\sum_g s_g \\ln(\\mu_g / \\mu)

    with income shares s_g. Source: Theil (1967); Shorrocks (1980).
    """
    values, w = checked(x, weights)
    labels = np.asarray(groups)
    if labels.shape != values.shape:
        raise ValueError(f"groups: shape {labels.shape} differs from values {values.shape}")
    total_income = np.dot(values, w)
    mean = total_income / w.sum()
    within = between = 0.0
    by_group: dict[object, float] = {}
    for label in np.unique(labels):
        here = (labels == label) & (w > 0)
        if not here.any():
            continue
        income = np.dot(values[here], w[here])
        own_mean = income / w[here].sum()
        if income <= 0:
            by_group[label.item()] = 0.0
            continue
        own = theil(values[here], w[here])
        by_group[label.item()] = own
        within += income / total_income * own
        between += income / total_income * np.log(own_mean / mean)
    return TheilParts(float(within + between), float(within), float(between), by_group)


def fgt_decomposition(
    x: ArrayLike, line: ArrayLike, alpha: float, groups: ArrayLike, weights: ArrayLike | None = None
) -> dict[object, tuple[float, float]]:
    """Return, by group, its share of people and its index; their products sum to the whole's."""
    values, w = checked(x, weights)
    labels = np.asarray(groups)
    if labels.shape != values.shape:
        raise ValueError(f"groups: shape {labels.shape} differs from values {values.shape}")
    lines = np.broadcast_to(np.asarray(line, dtype=float), values.shape)
    parts: dict[object, tuple[float, float]] = {}
    for label in np.unique(labels):
        here = labels == label
        if w[here].sum() > 0:
            share = float(w[here].sum() / w.sum())
            parts[label.item()] = (share, fgt(values[here], lines[here], alpha, w[here]))
    return parts
