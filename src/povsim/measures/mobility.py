"""Mobility: transitions between states, chronic and transient poverty."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from povsim.measures._check import checked


class ChronicTransient(NamedTuple):
    """Mean poverty over time and its parts; ``total`` = ``chronic`` + ``transient``."""

    total: float
    chronic: float
    transient: float


def transition_matrix(
    before: ArrayLike, after: ArrayLike, states: int, weights: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Return the weighted share of each state before (rows) that is in each state after."""
    first, w = checked(before, weights, "before")
    second, _ = checked(after, weights, "after")
    counts = np.zeros((states, states))
    np.add.at(counts, (first.astype(int), second.astype(int)), w)
    rows = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, rows, out=np.zeros_like(counts), where=rows > 0)


def chronic_transient(
    panel: ArrayLike, line: float, weights: ArrayLike | None = None, alpha: float = 2
) -> ChronicTransient:
    """Return chronic poverty, that of mean income over time, and transient poverty, the rest.

    ``panel`` has shape (persons, periods). Source: Jalan and Ravallion (1998), with the squared
    poverty gap.
    """
    x = np.asarray(panel, dtype=float)
    if x.ndim != 2 or x.size == 0:
        raise ValueError(f"panel: persons by periods are needed, found shape {x.shape}")
    mean, w = checked(x.mean(axis=1), weights, "panel")
    depth = np.mean(np.maximum((line - x) / line, 0.0) ** alpha, axis=1)
    chronic = np.maximum((line - mean) / line, 0.0) ** alpha
    total, lasting = float(np.dot(depth, w) / w.sum()), float(np.dot(chronic, w) / w.sum())
    return ChronicTransient(total, lasting, total - lasting)


def transition_probability(mean: float, spread: float, persistence: float, line: float) -> float:
    """Return P(poor next | not poor now) when log income is a stationary AR(1).

    ``spread`` is the standard deviation of log income at rest, ``persistence`` its
    autocorrelation; the joint law is bivariate normal.
    """
    from scipy.stats import multivariate_normal  # takes long to import

    z = (np.log(line) - mean) / spread
    both = multivariate_normal(cov=[[1.0, persistence], [persistence, 1.0]]).cdf([z, z])
    return float((ndtr(z) - both) / (1.0 - ndtr(z)))
