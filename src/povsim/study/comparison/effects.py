"""Differences between scenarios, paired within seed, with intervals."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from povsim.study.comparison.experiment import Term
from povsim.study.runs.panel import KEYS, Panel, as_panel

EFFECTS = [
    *KEYS,
    "scenario",
    "baseline",
    "value",
    "baseline_value",
    "difference",
    "std_error",
    "ci_low",
    "ci_high",
    "n_seeds",
]
LEVEL = 0.95
EQUIVALENCE = 0.90
"""Level of the interval that holds two one-sided tests at 5 % each."""


def effects(annual: pd.DataFrame | Panel, baseline: str, scenarios: list[str]) -> pd.DataFrame:
    """Return mean paired differences of every measure with 95 % t intervals.

    Parameters
    ----------
    annual : DataFrame or Panel
        ``scenario, seed, year, group, region, measure, value``.
    baseline : str
        Scenario from which differences are taken.
    scenarios : list of str
        Scenarios to report, the baseline among them.

    Notes
    -----
    Differences are taken seed by seed (the same luck in both), then averaged; the interval is
    mean +- t(n-1) s / sqrt(n). With one seed it is unbounded (NaN). A scenario that does what
    the baseline does differs by exactly zero.
    """
    panel = as_panel(annual)
    keys, own = panel.keys(), panel.rows(baseline)
    tables = []
    for scenario in scenarios:
        rows = panel.rows(scenario)
        seeds = [seed for seed in rows if seed in own]
        if seeds:
            values = panel.matrix([rows[s] for s in seeds])
            base = panel.matrix([own[s] for s in seeds])
            tables.append(_against(keys, values, base).assign(scenario=scenario, baseline=baseline))
    table = pd.concat(tables, ignore_index=True)
    return table[EFFECTS].sort_values([*KEYS, "scenario"], ignore_index=True)


def _against(keys: pd.DataFrame, values: np.ndarray, base: np.ndarray) -> pd.DataFrame:
    """Return the paired differences of two matrices, shape (seeds, numbers)."""
    apart = values - base
    known = ~np.isnan(apart)
    n = known.sum(axis=0)
    there = n > 0
    apart, values, base = (np.where(known, x, 0.0)[:, there] for x in (apart, values, base))
    known, n = known[:, there], n[there]
    mean = apart.sum(axis=0) / n
    square = (np.where(known, apart - mean, 0.0) ** 2).sum(axis=0)
    with np.errstate(invalid="ignore"):
        error = np.sqrt(np.where(n > 1, square / np.maximum(n - 1, 1), np.nan) / n)
    reach = margin(error, n)
    table = keys[there].reset_index(drop=True)
    return table.assign(
        value=values.sum(axis=0) / n,
        baseline_value=base.sum(axis=0) / n,
        difference=mean,
        std_error=error,
        ci_low=mean - reach,
        ci_high=mean + reach,
        n_seeds=n,
    )


def over_seeds(apart: pd.Series) -> pd.DataFrame:
    """Return mean and 95 % interval over seeds of differences, by the first level of their index.

    Columns are ``difference, std_error, ci_low, ci_high, n_seeds``.
    """
    by = apart.groupby(level=0)
    table = pd.DataFrame({"difference": by.mean(), "n_seeds": by.count()})
    table["std_error"] = by.std(ddof=1) / np.sqrt(table["n_seeds"])
    reach = margin(table["std_error"].to_numpy(), table["n_seeds"].to_numpy())
    return table.assign(ci_low=table["difference"] - reach, ci_high=table["difference"] + reach)


def margin(std_error: np.ndarray, n: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """Return half the width of a t interval; NaN where there is one seed only."""
    freedom = np.maximum(n - 1, 1)
    reach = stdtrit(freedom, 0.5 + level / 2) * std_error
    return np.asarray(np.where(n > 1, reach, np.nan))


def contrast(
    annual: pd.DataFrame | Panel, terms: Sequence[Term], first_year: int
) -> dict[str, float]:
    """Return the mean over seeds of a weighted sum of numbers of the same seed, with its interval.

    Two terms with weights 1 and -1 are a paired difference; four are an interaction. ``reach``
    is half the 90 % interval, for tests of equivalence.
    """
    panel = as_panel(annual)
    total: pd.Series | float = 0.0
    for term in terms:
        year = first_year + term.year - 1
        chosen = panel.series(term.scenario, term.measure, year, term.group, term.region)
        total = total + term.weight * chosen
    d = pd.Series(total, dtype=float).dropna().to_numpy(dtype=float)
    if len(d) == 0:
        return dict.fromkeys(("difference", "ci_low", "ci_high", "reach"), np.nan) | {"n": 0}
    error = np.array([d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else np.nan])
    n, mean = np.array([len(d)]), float(d.mean())
    half = float(margin(error, n)[0])
    reach = float(margin(error, n, EQUIVALENCE)[0])
    return {
        "difference": mean,
        "ci_low": mean - half,
        "ci_high": mean + half,
        "reach": reach,
        "n": len(d),
    }
