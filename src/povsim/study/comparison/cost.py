"""Whether cost is equal between arms, and what a relapse averted costs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from povsim.study.runs.gather import Digest
from povsim.study.runs.panel import Panel

MEASURE = "cost_per_relapse_averted"
GAP_MEASURE = "cost_per_gap_yuan"


def cost_residuals(
    outcomes: Sequence[Digest], baseline: str, arms: Sequence[str]
) -> dict[str, float]:
    """Return, by arm, how far its expected discounted fiscal cost is from the baseline's, a share.

    Cost is what was appropriated; money that lies unspent counts.
    """
    costs: dict[str, list[float]] = {}
    for o in outcomes:
        if o.status == "ok":
            costs.setdefault(o.scenario, []).append(o.fiscal_cost_pv)
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
    """Return what a relapse averted and a yuan of poverty gap closed cost, as rows of effects.

    Cost is the arm's fiscal outlay beyond the reference's, from the start to the year; relapses
    averted are registered persons who fell in the reference run of the same seed, less those
    who fell in the arm; the gap closed is the reference's poverty gap in yuan, less the arm's,
    added up over the years. The figures are ratios of means over seeds; intervals are
    percentiles of a paired bootstrap over seeds (fixed draws). Where nothing was averted or
    closed it is NaN.
    """
    by = {(o.scenario, o.seed): o for o in outcomes if o.status == "ok"}
    names = [reference, *arms]
    seeds = sorted({s for _, s in by if all((n, s) in by for n in names)})
    if not seeds or baseline == reference:
        return pd.DataFrame()
    years = panel.years()
    cost = {n: _so_far(panel, n, "fiscal_cost", seeds, years) for n in names}
    months = [12 * (k + 1) for k in range(len(years))]
    harm = {
        MEASURE: {
            n: np.array([[_relapses(by[n, s], last) for last in months] for s in seeds])
            for n in names
        },
        GAP_MEASURE: {n: _so_far(panel, n, "poverty_gap_yuan", seeds, years) for n in names},
    }
    draws = np.random.default_rng(0).integers(0, len(seeds), (RESAMPLES, len(seeds)))
    rows = []
    for measure, of in harm.items():
        if np.isnan(of[reference]).any():
            continue
        for k, year in enumerate(years):
            ratios = {}
            for arm in arms:
                if arm != reference:
                    extra = cost[arm][:, k] - cost[reference][:, k]
                    fewer = of[reference][:, k] - of[arm][:, k]
                    ratios[arm] = (
                        _ratio(extra.mean(), fewer.mean()),
                        _ratio(extra[draws].mean(1), fewer[draws].mean(1)),
                    )
            rows += _against(ratios, measure, year, baseline, len(seeds))
    return pd.DataFrame(rows)


def _against(
    ratios: dict[str, tuple[Any, Any]], measure: str, year: int, baseline: str, seeds: int
) -> list[dict[str, Any]]:
    """Return the rows of a year: each arm's figure beside the baseline's, with an interval."""
    rows = []
    base, base_resampled = ratios[baseline]
    for arm, (value, resampled) in ratios.items():
        apart = resampled - base_resampled
        known = not np.isnan(apart).any() and seeds > 1
        low, high = np.percentile(apart, [2.5, 97.5]) if known else (np.nan, np.nan)
        rows.append(
            {
                "measure": measure,
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
                "n_seeds": seeds,
            }
        )
    return rows


RESAMPLES = 1000


def _ratio(cost: Any, averted_falls: Any) -> Any:
    """Return cost over falls averted, NaN where none were averted."""
    return np.where(averted_falls > 0, cost / np.where(averted_falls > 0, averted_falls, 1), np.nan)


def _so_far(panel: Panel, scenario: str, measure: str, seeds: list[int], years: list[int]) -> Any:
    """Return a yearly number added up from the start to each year, shape (seeds, years)."""
    by_year = [panel.series(scenario, measure, y).reindex(seeds).to_numpy() for y in years]
    return np.cumsum(np.column_stack(by_year), axis=1)


def _relapses(run: Digest, months: int) -> float:
    """Return registered persons who fell in the first months of a run."""
    return float(run.falls["relapse"][:months].sum())
