"""Check what is measured: one rule for every measure."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def checked(
    values: ArrayLike, weights: ArrayLike | None, name: str = "values"
) -> tuple[Array, Array]:
    """Return values and person weights as arrays, or raise ValueError naming the argument."""
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1:
        raise ValueError(f"{name}: one dimension is needed, found shape {x.shape}")
    if x.size == 0:
        raise ValueError(f"{name}: empty")
    if not np.isfinite(x).all():
        raise ValueError(f"{name}: {int((~np.isfinite(x)).sum())} values are not finite")
    if weights is None:
        return x, np.ones_like(x)
    w = np.asarray(weights, dtype=np.float64)
    if w.shape != x.shape:
        raise ValueError(f"weights: shape {w.shape} differs from {name} {x.shape}")
    if not np.isfinite(w).all():
        raise ValueError("weights: not all finite")
    if (w < 0).any():
        raise ValueError("weights: negative")
    if w.sum() <= 0:
        raise ValueError("weights: all zero")
    return x, w


def checked_line(line: ArrayLike, x: Array) -> Any:
    """Return a positive line, one for all or one a row."""
    z = np.asarray(line, dtype=np.float64)
    if z.ndim > 0 and z.shape != x.shape:
        raise ValueError(f"line: shape {z.shape} differs from values {x.shape}")
    if not np.isfinite(z).all() or (z <= 0).any():
        raise ValueError("line: must be finite and above zero")
    return z if z.ndim else float(z)


def positive(x: Array, measure: str, zero: str, floor: float | None) -> Array:
    """Return values on which logs can be taken: raise, or censor at ``floor``."""
    if zero not in ("raise", "censor"):
        raise ValueError(f"zero={zero!r}: allowed are raise, censor")
    if zero == "censor":
        if floor is None or floor <= 0:
            raise ValueError("floor: a value above zero is needed to censor")
        return np.maximum(x, floor)
    if (x <= 0).any():
        raise ValueError(
            f"{measure}: {int((x <= 0).sum())} values are zero or negative;"
            " censor them with zero='censor', floor=..."
        )
    return x


def ordered(x: Array, w: Array) -> tuple[Array, Array]:
    """Return values in rising order with their weights; rows without weight are left out."""
    keep = w > 0
    x, w = x[keep], w[keep]
    order = np.argsort(x, kind="stable")
    return x[order], w[order]
