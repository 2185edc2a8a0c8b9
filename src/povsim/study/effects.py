"""Differences between scenarios, paired within seed, with intervals."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from povsim.study.experiment import Term

KEYS = ["measure", "group", "region", "year"]
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


def effects(annual: pd.DataFrame, baseline: str, scenarios: list[str]) -> pd.DataFrame:
    """Return mean paired differences of every measure with 95 % t intervals.

    Parameters
    ----------
    annual : DataFrame
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
    wide = annual.pivot_table(
        index=[*KEYS, "seed"], columns="scenario", values="value", aggfunc="first", observed=True
    )
    rows = [_against(wide, scenario, baseline) for scenario in scenarios if scenario in wide]
    table = pd.concat(rows, ignore_index=True)
    return table[EFFECTS].sort_values([*KEYS, "scenario"], ignore_index=True)


def _against(wide: pd.DataFrame, scenario: str, baseline: str) -> pd.DataFrame:
    pair = wide[[scenario]].copy()
    pair.columns = pd.Index(["value"])
    pair["baseline_value"] = wide[baseline]
    pair["difference"] = pair["value"] - pair["baseline_value"]
    pair = pair.dropna(subset=["difference"])
    grouped = pair.groupby(level=KEYS, observed=True)
    table = grouped.mean()
    table["n_seeds"] = grouped.size()
    spread = grouped["difference"].std(ddof=1)
    table["std_error"] = spread / np.sqrt(table["n_seeds"])
    reach = margin(table["std_error"].to_numpy(), table["n_seeds"].to_numpy())
    table["ci_low"] = table["difference"] - reach
    table["ci_high"] = table["difference"] + reach
    table["scenario"], table["baseline"] = scenario, baseline
    return table.reset_index()


def margin(std_error: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return half the width of a t interval; NaN where there is one seed only."""
    freedom = np.maximum(n - 1, 1)
    reach = student.ppf(0.5 + LEVEL / 2, freedom) * std_error
    return np.asarray(np.where(n > 1, reach, np.nan))


def contrast(annual: pd.DataFrame, terms: Sequence[Term], first_year: int) -> dict[str, float]:
    """Return the mean over seeds of a weighted sum of numbers of the same seed, with its interval.

    Two terms with weights 1 and -1 are a paired difference; four are an interaction.
    """
    total: pd.Series | float = 0.0
    for term in terms:
        chosen = annual[
            (annual["scenario"] == term.scenario)
            & (annual["measure"] == term.measure)
            & (annual["group"] == term.group)
            & (annual["region"] == term.region)
            & (annual["year"] == first_year + term.year - 1)
        ]
        total = total + term.weight * chosen.set_index("seed")["value"]
    d = pd.Series(total).dropna().to_numpy(dtype=float)
    if len(d) == 0:
        return {"difference": np.nan, "ci_low": np.nan, "ci_high": np.nan, "n": 0}
    error = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else np.nan
    reach = float(margin(np.array([error]), np.array([len(d)]))[0])
    mean = float(d.mean())
    return {"difference": mean, "ci_low": mean - reach, "ci_high": mean + reach, "n": len(d)}
