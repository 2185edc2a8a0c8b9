"""Whether cost is equal between arms, and what a relapse averted costs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from povsim.study.gather import Digest
from povsim.study.panel import Panel

MEASURE = "cost_per_relapse_averted"


def cost_residuals(
    outcomes: Sequence[Digest], baseline: str, arms: Sequence[str], spent: bool = False
) -> dict[str, float]:
    """Return, by arm, how far its expected discounted fiscal cost is from the baseline's, a share.

    Cost is what was appropriated or, with ``spent``, what left the treasury.
    """
    costs: dict[str, list[float]] = {}
    for o in outcomes:
        if o.status == "ok":
            costs.setdefault(o.scenario, []).append(o.spent_pv if spent else o.fiscal_cost_pv)
    if baseline not in costs:
        return {}
    base = float(np.mean(costs[baseline]))
    return {
        arm: float(np.mean(costs[arm])) / base - 1.0 for arm in arms if arm in costs and base > 0
    }


def averted(
    outcomes: Sequence[Digest],
    panel: Panel,
    reference: str,
    arms: Sequence[str],
    baseline: str,
) -> pd.DataFrame:
    """Return yearly cost per relapse averted of each arm as rows of the effects table.

    Cost is the arm's fiscal outlay beyond the reference's, from the start to the year; relapses
    averted are registered persons who fell in the reference run of the same seed, less those
    who fell in the arm. The figure is a ratio of means over seeds; intervals are percentiles of
    a paired bootstrap over seeds (fixed draws). Where nothing was averted it is NaN.
    """
    by = {(o.scenario, o.seed): o for o in outcomes if o.status == "ok"}
    names = [reference, *arms]
    seeds = sorted({s for _, s in by if all((n, s) in by for n in names)})
    if not seeds or baseline == reference:
        return pd.DataFrame()
    years = panel.years()
    cost = {n: _cost_so_far(panel, n, seeds, years) for n in names}
    draws = np.random.default_rng(0).integers(0, len(seeds), (RESAMPLES, len(seeds)))
    rows = []
    for year in years:
        ratios = {}
        for arm in arms:
            if arm == reference:
                continue
            k = years.index(year)
            extra = cost[arm][:, k] - cost[reference][:, k]
            last = 12 * (k + 1)
            fewer = np.array(
                [_relapses(by[reference, s], last) - _relapses(by[arm, s], last) for s in seeds]
            )
            ratios[arm] = (
                _ratio(extra.mean(), fewer.mean()),
                _ratio(extra[draws].mean(1), fewer[draws].mean(1)),
            )
        for arm, (value, resampled) in ratios.items():
            base, base_resampled = ratios[baseline]
            apart = resampled - base_resampled
            known = not np.isnan(apart).any() and len(seeds) > 1
            low, high = np.percentile(apart, [2.5, 97.5]) if known else (np.nan, np.nan)
            rows.append(
                {
                    "measure": MEASURE,
                    "group": "all",
                    "region": "all",
                    "year": year,
                    "scenario": arm,
                    "baseline": baseline,
                    "value": float(value),
                    "baseline_value": float(base),
                    "difference": float(value - base),
                    "std_error": float(apart.std(ddof=1)) if known else np.nan,
                    "ci_low": low,
                    "ci_high": high,
                    "n_seeds": len(seeds),
                }
            )
    return pd.DataFrame(rows)


RESAMPLES = 1000


def _ratio(cost: Any, averted_falls: Any) -> Any:
    """Return cost over falls averted, NaN where none were averted."""
    return np.where(averted_falls > 0, cost / np.where(averted_falls > 0, averted_falls, 1), np.nan)


def _cost_so_far(panel: Panel, scenario: str, seeds: list[int], years: list[int]) -> Any:
    """Return fiscal cost from the start to each year, shape (seeds, years)."""
    by_year = [panel.series(scenario, "fiscal_cost", y).reindex(seeds).to_numpy() for y in years]
    return np.cumsum(np.column_stack(by_year), axis=1)


def _relapses(run: Digest, months: int) -> float:
    """Return registered persons who fell in the first months of a run."""
    return float(run.falls["relapse"][:months].sum())
