"""How a policy fares over futures that nobody can tell apart beforehand: regret, satisficing."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

LIMITS = {"<=": np.less_equal, ">=": np.greater_equal}
SATISFICING = ["policy", "share", "ci_low", "ci_high", "n"]
Z95 = 1.959963984540054


def regret(table: pd.DataFrame, lower_is_better: bool = True) -> pd.DataFrame:
    """Return how far each policy is from the best one in the same future (Savage 1951).

    Parameters
    ----------
    table : DataFrame
        Outcome by policy (rows) and future (columns).
    """
    best = table.min(axis=0) if lower_is_better else table.max(axis=0)
    return (table - best) if lower_is_better else (best - table)


def minimax_regret(table: pd.DataFrame, lower_is_better: bool = True) -> "pd.Series[float]":
    """Return the worst regret of each policy, the smallest first."""
    return regret(table, lower_is_better).max(axis=1).sort_values(kind="stable")


def satisficing(
    tables: Mapping[str, pd.DataFrame], limits: Mapping[str, tuple[str, float]]
) -> pd.DataFrame:
    """Return the share of futures in which a policy keeps every limit, with Wilson's interval.

    Parameters
    ----------
    tables : Mapping
        Outcome by policy and future, by measure.
    limits : Mapping
        By measure ``("<=", 0.02)`` or ``(">=", 12000.0)``.
    """
    if not limits:
        raise ValueError("limits: at least one is needed")
    first = tables[next(iter(limits))]
    kept = np.ones(first.shape, dtype=bool)
    for measure, (sign, bound) in limits.items():
        kept &= LIMITS[sign](tables[measure].to_numpy(dtype=float), bound)
    n = kept.shape[1]
    rows = [
        (str(name), float(p), *wilson(float(p), n), n)
        for name, p in zip(first.index, kept.mean(axis=1), strict=True)
    ]
    table = pd.DataFrame(rows, columns=SATISFICING)
    return table.sort_values("share", ascending=False, kind="stable", ignore_index=True)


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    reach = Z95 * np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2)) / (1 + Z95**2 / n)
    return max(0.0, float(centre - reach)), min(1.0, float(centre + reach))
