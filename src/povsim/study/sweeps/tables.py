"""The tables of a sweep: outcomes by point, sensitivity, regret, and where an arm fails."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from povsim.measures.catalogue import declared
from povsim.study.comparison.effects import over_seeds
from povsim.study.runs.panel import Panel
from povsim.study.sweeps import sensitivity
from povsim.study.sweeps.discovery import Box, prim
from povsim.study.sweeps.marks import constant, marked
from povsim.study.sweeps.plan import Plan
from povsim.study.sweeps.regret import minimax_regret, satisficing

POINTS = [
    "point",
    "scenario",
    "measure",
    "year",
    "value",
    "difference",
    "std_error",
    "ci_low",
    "ci_high",
    "n_seeds",
]
SENSITIVITY = ["measure", "scenario", "of", "year", *sensitivity.INDICES]


def points_table(
    panel: Panel, plan: Plan, baseline: str, scenarios: Sequence[str], measures: Sequence[str]
) -> pd.DataFrame:
    """Return means over seeds, and paired differences from the baseline, by point."""
    if not panel.runs:
        return pd.DataFrame(columns=POINTS)
    year = panel.years()[-1]
    whose = pd.DataFrame(panel.runs, columns=["scenario", "point", "seed"])
    labels = [plan.label(i) for i in range(len(plan.design))]
    tables = []
    for measure in measures:
        wide = whose.assign(value=panel.values(measure, year)).pivot_table(
            index=["point", "seed"], columns="scenario", values="value", aggfunc="first"
        )
        for scenario in [s for s in scenarios if s in wide]:
            pair = pd.DataFrame({"value": wide[scenario]})
            pair["difference"] = wide[scenario] - wide[baseline] if baseline in wide else np.nan
            table = over_seeds(pair["difference"])
            table["value"] = pair["value"].groupby(level="point").mean()
            table["n_seeds"] = pair["value"].groupby(level="point").count()
            table = table.reindex(labels).rename_axis("point").reset_index()
            tables.append(table.assign(scenario=scenario, measure=measure, year=year))
    return pd.concat(tables, ignore_index=True)[POINTS]


def sensitivity_table(
    plan: Plan, points: pd.DataFrame, scenarios: Sequence[str], baseline: str
) -> pd.DataFrame:
    """Return the indices that the design allows, of baseline levels and of differences."""
    tables = []
    for key, rows in points.groupby(["measure", "scenario"], sort=False):
        measure, scenario = str(key[0]), str(key[1])
        of = "value" if scenario == baseline else "difference"
        y = rows[of].to_numpy(dtype=float)
        there = np.isfinite(y)
        in_full = plan.method in NEED_ALL_POINTS and not there.all()
        if scenario not in scenarios or in_full or there.sum() < LEAST_POINTS:
            continue
        found = _indices(plan, plan.design[there], y[there])
        year = int(rows["year"].iloc[0])
        tables.append(found.assign(measure=measure, scenario=scenario, of=of, year=year))
    if not tables:
        return pd.DataFrame(columns=SENSITIVITY)
    return pd.concat(tables, ignore_index=True)[SENSITIVITY]


LEAST_POINTS = 8
"""Points under which no index is computed."""
NEED_ALL_POINTS = ("sobol", "morris", "grid")
"""Designs whose indices cannot be computed if a point has failed."""


def _indices(plan: Plan, design: pd.DataFrame, y: np.ndarray) -> pd.DataFrame:
    """Return the indices of one outcome."""
    if plan.method == "sobol":
        return sensitivity.sobol_indices(plan.factors, y)
    if plan.method == "morris":
        return sensitivity.morris_effects(plan.factors, design, y, plan.levels)
    if plan.method == "grid" and all(f.choices for f in plan.factors):
        table = design.assign(value=y)
        shares = sensitivity.interactions([f.name for f in plan.factors], table)
        found = pd.DataFrame(
            {"factor": shares["term"], "index": "variance_share", "value": shares["share"]}
        ).assign(ci_low=np.nan, ci_high=np.nan, n=len(y))
        return constant(found) if np.ptp(y) == 0.0 else marked(found)
    return sensitivity.pawn_index(plan.factors, design, y, slices=max(2, min(10, len(y) // 8)))


def regret_table(points: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return worst regret of each scenario, and in what share of points it is as good as any."""
    columns = ["scenario", "measure", "worst_regret", "share_best", "ci_low", "ci_high", "n_points"]
    rows = points[points["measure"] == measure]
    wide = rows.pivot_table(index="scenario", columns="point", values="value").dropna(axis=1)
    if wide.empty:
        return pd.DataFrame(columns=columns)
    lower = declared(measure).better != "higher"
    worst = minimax_regret(wide, lower)
    best = wide.min() if lower else wide.max()
    off = (wide - best).abs()
    kept = satisficing({measure: off}, {measure: ("<=", 0.0)}).set_index("policy")
    table = [
        (name, measure, float(r), *kept.loc[name, ["share", "ci_low", "ci_high", "n"]])
        for name, r in zip(map(str, worst.index), worst, strict=True)
    ]
    return pd.DataFrame(table, columns=columns)


def boxes_of(
    plan: Plan, points: pd.DataFrame, scenarios: Sequence[str], baseline: str, measure: str
) -> dict[str, Box | None]:
    """Return, by scenario, where it does worse than the baseline in an outcome that is to fall."""
    boxes: dict[str, Box | None] = {}
    for scenario in [s for s in scenarios if s != baseline]:
        rows = points[(points["scenario"] == scenario) & (points["measure"] == measure)]
        apart = rows["difference"].to_numpy(dtype=float)
        there = np.isfinite(apart)
        complete = len(rows) == len(plan.design)
        design = plan.design[there].reset_index(drop=True) if complete else plan.design
        boxes[scenario] = prim(design, apart[there] > 0.0) if complete and there.any() else None
    return boxes
