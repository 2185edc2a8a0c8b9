"""How sure a difference is, how many seeds it takes, and how many looks were taken."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from povsim.study.runs.panel import Panel

RESAMPLES = 2000
LEVEL = 0.95
PRECISION = [
    "measure",
    "year",
    "scenario",
    "baseline",
    "difference",
    "std_error",
    "ci_low",
    "ci_high",
    "boot_low",
    "boot_high",
    "p_value",
    "p_holm",
    "n_seeds",
    "seeds_needed",
]


def is_rate(measure: str) -> bool:
    """Say whether a measure is a share of people, for which a precision in points makes sense."""
    return measure.endswith(("_rate", "_share")) or "_rate_" in measure


def bootstrap_interval(
    values: ArrayLike, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of a mean (Efron 1979); draws are fixed."""
    x = np.asarray(values, dtype=float)
    if len(x) < 2:
        return float("nan"), float("nan")
    draws = np.random.default_rng(seed).integers(0, len(x), (resamples, len(x)))
    low, high = np.percentile(x[draws].mean(axis=1), [50 - 50 * LEVEL, 50 + 50 * LEVEL])
    return float(low), float(high)


@dataclass(frozen=True)
class Spread:
    """How much a number differs over seeds, and how far its 95 % interval reaches.

    Attributes
    ----------
    spread : float
        Standard deviation over seeds.
    reach : float
        Half width of the interval of the mean.
    """

    measure: str
    scenario: str
    spread: float
    reach: float


def spreads(
    panel: Panel, baseline: str, scenarios: Sequence[str], measures: Sequence[str]
) -> list[Spread]:
    """Return the spread of each measure of the last year, where two seeds or more are known.

    Of the paired difference from the baseline; where nothing else was run, of the level itself.
    """
    alone = list(scenarios) == [baseline]
    years = panel.years()[-1:] if panel.runs else []
    found = []
    for measure, year in ((m, y) for m in measures for y in years):
        base = panel.series(baseline, measure, year)
        for scenario in scenarios:
            own = panel.series(scenario, measure, year)
            values = own if alone else (own - base).dropna()
            if len(values) > 1 and (alone or scenario != baseline):
                s = float(values.std(ddof=1))
                found.append(Spread(measure, scenario, s, _reach(s, len(values))))
    return found


def seeds_needed(spread: float, precision: float, most: int = 1_000_000) -> int:
    """Return the seeds at which the t interval of a mean is within ``precision`` of it.

    The smallest n with t(n-1) s / sqrt(n) <= precision, where ``spread`` is s, the standard
    deviation of paired differences.
    """
    if spread <= 0.0:
        return 2
    low, high = 2, 4
    while _reach(spread, high) > precision:
        low, high = high, 2 * high
        if high >= most:
            return most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _reach(spread, middle) <= precision else (middle, high)
    return low if _reach(spread, low) <= precision else high


def _reach(spread: float, n: int) -> float:
    return float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * spread / float(np.sqrt(n))


def holm(p_values: ArrayLike) -> np.ndarray:
    """Return p-values adjusted for their number (Holm 1979); NaN stays NaN."""
    p = np.asarray(p_values, dtype=float)
    out = np.full(len(p), np.nan)
    order = [i for i in np.argsort(p) if not np.isnan(p[i])]
    worst = 0.0
    for rank, i in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * p[i]))
        out[i] = worst
    return out


def precision_table(
    panel: Panel,
    baseline: str,
    scenarios: Sequence[str],
    measures: Sequence[str],
    precision: float = 0.001,
) -> pd.DataFrame:
    """Return, for each outcome of the last year, how sure its differences are.

    Where nothing but the baseline was run the levels stand in place of the differences, and
    ``baseline`` is empty.

    Parameters
    ----------
    precision : float
        Half width wanted, in the unit of a share (0.001 = 0.1 percentage points);
        ``seeds_needed`` is given for shares only.

    Notes
    -----
    ``p_value`` is that of a paired t test; ``p_holm`` is adjusted for all rows of the table.
    """
    if not panel.runs:
        return pd.DataFrame(columns=PRECISION)
    year = panel.years()[-1]
    alone = list(scenarios) == [baseline]
    columns = [c for c in PRECISION if c != "p_holm"]
    rows = []
    for measure in measures:
        base = 0.0 if alone else panel.series(baseline, measure, year)
        for scenario in scenarios:
            apart = (panel.series(scenario, measure, year) - base).dropna().to_numpy()
            if (alone or scenario != baseline) and len(apart):
                wanted = precision if is_rate(measure) else float("nan")
                against = "" if alone else baseline
                row = [measure, year, scenario, against, *_certainty(apart, wanted)]
                rows.append(
                    [
                        np.nan if alone and c == "p_value" else v
                        for c, v in zip(columns, row, strict=True)
                    ]
                )
    table = pd.DataFrame(rows, columns=columns)
    table["p_holm"] = holm(table["p_value"])
    return table[PRECISION]


def _certainty(apart: np.ndarray, precision: float) -> list[float]:
    """Return the numbers of one row, from the differences of all seeds."""
    n, mean = len(apart), float(apart.mean())
    if n < 2:
        return [mean, *[float("nan")] * 6, n, float("nan")]
    spread = float(apart.std(ddof=1))
    error = spread / np.sqrt(n)
    reach = _reach(spread, n)
    p = float(2.0 * stdtr(n - 1, -abs(mean) / error)) if error > 0.0 else float(mean == 0.0)
    needed = float("nan") if np.isnan(precision) else seeds_needed(spread, precision)
    return [mean, error, mean - reach, mean + reach, *bootstrap_interval(apart), p, n, needed]
