"""Mark indices that are out of the range that they can have, or below the noise of their estimate.

Nothing is cut off: an estimate stays what it is, and a mark beside it says how far to believe it.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

MARKS = ["note", "n_needed"]
BEYOND, BELOW, CONSTANT = "beyond_range", "below_noise", "constant"
WANTED = 0.05
"""Half width of an interval with which an index of shares is known well enough, though it may hold
zero; of an effect, this part of the largest one. A convention, as no index has a margin."""
DIGITS = 2
"""Digits with which indices are printed: what is out of range only beyond them shows nowhere."""
MEDIAN_KS = 0.83
"""Median of sqrt(n) times the Kolmogorov-Smirnov distance of n draws of one distribution."""
Step = Callable[[float], float]


def marked(table: pd.DataFrame, wanted: float = WANTED, step: Step = math.ceil) -> pd.DataFrame:
    """Return indices with ``note`` and ``n_needed`` beside them.

    An index is below its noise if its interval holds zero or is as wide as the index is large, and
    is wider than wanted. Half widths shrink as one over the square root of n, as the error of
    any mean does, so that ``n * (half width / wanted) ** 2`` would be enough; ``n_needed`` is NaN
    where n is.

    Parameters
    ----------
    table : DataFrame
        ``index, value, ci_low, ci_high, n``; an index without an interval gets no mark.
    step : callable
        Rounds n up to one that the design can have.
    """
    half = (table["ci_high"] - table["ci_low"]) / 2.0
    wide = half > wanted
    needed = [
        step(n * (h / wanted) ** 2) for n, h in zip(table["n"][wide], half[wide], strict=True)
    ]
    out = table.assign(note="", n_needed=np.nan)
    below = wide & (table["value"].abs() <= 2.0 * half)
    out.loc[below, "note"] = BELOW
    out.loc[wide, "n_needed"] = needed
    out.loc[out["note"] == "", "n_needed"] = np.nan
    return out


def shares_marked(table: pd.DataFrame) -> pd.DataFrame:
    """Return Sobol' indices marked, those too that are no shares of a variance.

    First-order and total indices lie between 0 and 1, and no total is below its first-order index.
    """
    out = marked(table, step=power_of_two)
    shown = table["value"].round(DIGITS)
    first = shown[table["index"] == "S1"].to_numpy()
    total = shown[table["index"] == "ST"].to_numpy()
    turned = np.tile(total < first, 2)  # rows are all S1, then all ST, by factor
    beyond = (shown < 0.0) | (shown > 1.0) | turned
    half = (table["ci_high"] - table["ci_low"]) / 2.0
    enough = table["n"] * (half / WANTED) ** 2
    out.loc[beyond, "note"] = BEYOND
    out.loc[beyond, "n_needed"] = [
        power_of_two(max(most, n + 1))
        for most, n in zip(enough[beyond], table["n"][beyond], strict=True)
    ]
    return out


def effects_marked(table: pd.DataFrame) -> pd.DataFrame:
    """Return Morris' effects marked; what is wanted is relative to the largest of them.

    The mean effect has no interval: its error is the spread over the square root of n.
    """
    values = table.set_index(["factor", "index"])["value"]
    largest = float(values.xs("mu_star", level="index").max())
    if largest == 0.0:
        return table.assign(note=CONSTANT, n_needed=np.nan)
    wanted = WANTED * largest
    error = 1.96 * values.xs("sigma", level="index") / np.sqrt(table["n"].iloc[0])
    is_mean = table["index"] == "mu"
    half = table.loc[is_mean, "factor"].map(error)
    lent = table.copy()
    lent.loc[is_mean, "ci_low"] = table["value"] - half
    lent.loc[is_mean, "ci_high"] = table["value"] + half
    return table.assign(**{name: marked(lent, wanted)[name] for name in MARKS})


def distances_marked(table: pd.DataFrame, slices: int) -> pd.DataFrame:
    """Return PAWN indices marked that luck alone would reach in every other slice."""
    noise = MEDIAN_KS / np.sqrt(table["n"] / slices)
    as_interval = table.assign(ci_low=0.0, ci_high=noise)
    return table.assign(**{name: marked(as_interval)[name] for name in MARKS})


def constant(table: pd.DataFrame) -> pd.DataFrame:
    """Return indices of an outcome that never moves: they divide nothing by nothing."""
    return table.assign(note=CONSTANT, n_needed=np.nan)


def power_of_two(n: float) -> int:
    """Return the smallest power of two that is at least n."""
    return int(2 ** math.ceil(math.log2(max(n, 1.0))))


def most_needed(table: pd.DataFrame) -> Any:
    """Return the n with which all marked indices of a table would be known, or None."""
    most = table["n_needed"].max()
    return None if pd.isna(most) else int(most)
