"""Sweep levers, uncertainties and structures; see which of them decide."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from povsim.errors import UserError, said
from povsim.params import World
from povsim.programmes.scenario import Scenario
from povsim.study.comparison.effects import over_seeds
from povsim.study.comparison.experiment import Experiment
from povsim.study.comparison.study import experiment_of, runs_table
from povsim.study.request import Request
from povsim.study.runs.executors import Executor, Receipt
from povsim.study.runs.folders import copy_files, only_study_in
from povsim.study.runs.gather import gather_runs
from povsim.study.runs.identity import Identity, identity_of
from povsim.study.runs.outlook import Outlook, look_ahead
from povsim.study.runs.panel import Panel
from povsim.study.runs.provenance import made_by, plain
from povsim.study.runs.runner import run_missing
from povsim.study.runs.spec import RunSpec
from povsim.study.runs.store import Store, write_csv, write_json
from povsim.study.sweeps import designs, sensitivity
from povsim.study.sweeps.designs import Factor
from povsim.study.sweeps.discovery import Box, box_as_plain, prim
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
Place = Callable[[Mapping[str, Any], str], Mapping[str, tuple[World, Scenario]]]
"""From a point and its label to the arms there."""


@dataclass(frozen=True)
class Plan:
    """A design and what it takes to run it.

    Attributes
    ----------
    method : str
        ``grid``, ``lhs``, ``sobol``, ``morris`` or ``csv``.
    factors : tuple of Factor
    design : DataFrame
        One row a point, one column a factor.
    titles : Mapping
        What factors are called, by name and language, and their unit.
    place : callable
        From a point and its label to the arms there.
    levels : int
        Levels of a grid and of Morris' trajectories.
    left_out : tuple of str
        What the sweep file varies but no scenario has.
    """

    method: str
    factors: tuple[Factor, ...]
    design: pd.DataFrame = field(repr=False)
    titles: Mapping[str, Mapping[str, str]] = field(repr=False)
    place: Place = field(repr=False)
    levels: int = 4
    left_out: tuple[str, ...] = ()

    def label(self, point: int) -> str:
        """Return the name of a point's world."""
        return f"p{point:0{len(str(len(self.design) - 1))}d}"


@dataclass
class Sweep:
    """A finished sweep.

    Attributes
    ----------
    points : DataFrame
        Mean outcome and difference from the baseline by point, scenario and measure, last year.
    sensitivity : DataFrame
        Indices by measure, scenario and factor, of the level (``of`` = value) or of the
        difference from the baseline.
    boxes : dict of str to Box or None
        By scenario, where it does worse than the baseline in the first outcome.
    """

    plan: Plan
    home: Path
    points: pd.DataFrame = field(repr=False)
    sensitivity: pd.DataFrame = field(repr=False)
    regret: pd.DataFrame = field(repr=False)
    runs: pd.DataFrame = field(repr=False)
    boxes: dict[str, Box | None]
    manifest: dict[str, Any] = field(repr=False)

    @property
    def failed(self) -> int:
        """Number of failed runs."""
        return int((self.runs["status"] != "ok").sum())

    @cached_property
    def annual(self) -> pd.DataFrame:
        """Every yearly number of every run; ``world`` names the point."""
        return pd.read_parquet(self.home / "annual.parquet")

    def report(self, folder: str | Path, language: str = "en") -> Path:
        """Write the tables and the report into ``folder``; return the path of the page."""
        from povsim.report import write_sweep_report  # the floor above

        page: Path = write_sweep_report(copy_files(self.home, Path(folder)), language)
        return page


def make_plan(
    method: str,
    factors: Sequence[Factor],
    n: int,
    levels: int,
    seed: int,
    titles: Mapping[str, Mapping[str, str]],
    place: Place,
) -> Plan:
    """Return the plan of a design that is made, not read."""
    design = {
        "grid": lambda: designs.grid(factors, levels),
        "lhs": lambda: designs.latin_hypercube(factors, n, seed),
        "sobol": lambda: designs.sobol(factors, n, seed),
        "morris": lambda: designs.morris(factors, n, levels, seed),
    }[method]()
    return Plan(method, tuple(factors), design, titles, place, levels)


def run_sweep(
    request: Request,
    plan: Plan,
    folder: Path,
    quiet: bool = True,
    announce: Callable[[Outlook], None] | None = None,
    parent: str = "",
) -> Sweep:
    """Run every point, scenario and seed, and gather tables and indices.

    Parameters
    ----------
    folder : Path
        Where results are written; finished runs in it are not run again.
    announce : callable, optional
        Called with what is still to run, before it starts; expectation comes from runs that are
        made first for it.
    parent : str
        Hash of the study that this sweep checks, if it does.
    """
    experiment = experiment_of(request)
    _refuse_what_is_not_swept(request, experiment)
    own = identity_of(request, "sweep", plan.design.to_csv(index=False))
    own |= {"parent": parent} if parent else {}
    with only_study_in(folder, own):
        return _run_sweep(request, plan, folder, quiet, announce, own)


def _run_sweep(
    request: Request,
    plan: Plan,
    folder: Path,
    quiet: bool,
    announce: Callable[[Outlook], None] | None,
    own: Identity,
) -> Sweep:
    """Run a sweep in a folder that is held."""
    started = time.perf_counter()
    experiment = experiment_of(request)
    store = Store(folder / "runs").open()
    specs = _specs(request, plan)
    executor = Executor(request.executor, request.workers, request.address)
    receipts: dict[str, Receipt] = {}
    if announce is not None:
        outlook, receipts = look_ahead(specs, store, executor)
        announce(outlook)
    receipts |= run_missing(specs, store, executor, quiet)
    digests, panel = gather_runs(specs, store, receipts, folder, everybody_only=True)
    measures = [*(experiment.outcomes or ["relapse_rate"]), "fiscal_cost"]
    names = [s.name for s in request.scenarios if s.name in experiment.scenarios]
    points = points_table(panel, plan, experiment.baseline, names, measures)
    sweep = Sweep(
        plan=plan,
        home=folder,
        points=points,
        sensitivity=sensitivity_table(plan, points, names, experiment.baseline),
        regret=regret_table(points, measures[0]),
        runs=runs_table(digests),
        boxes=boxes_of(plan, points, names, experiment.baseline, measures[0]),
        manifest={
            "experiment": experiment.name,
            "title": dict(experiment.title),
            "question": dict(experiment.question),
            "baseline": experiment.baseline,
            "scenarios": {s.name: dict(s.title) for s in _compared(request)},
            "outcomes": measures,
            "design": plan.method,
            "points": len(plan.design),
            "factors": [_told(f, plan) for f in plan.factors],
            "left_out": list(plan.left_out),
            "seeds": list(request.seeds),
            "years": request.years,
            "size": request.size,
            "households": request.world.households,
            "unreadable_runs": store.unreadable,
            "wall_seconds": round(time.perf_counter() - started, 2),
            "run_seconds": round(sum(d.seconds for d in digests), 2),
            **made_by([d.run_id for d in digests], request),
            **own,
        },
    )
    _write(sweep, request)
    return sweep


def _refuse_what_is_not_swept(request: Request, experiment: Experiment) -> None:
    """Raise UserError where a study of one point would do more than a sweep does."""
    if experiment.equal_cost == "present_value":
        rule = said("cost_rule_in_sweep")
        raise UserError("experiment.equal_cost", "present_value", rule)
    if request.precision is not None:
        raise UserError("precision", request.precision, said("null_in_sweep"))


def _specs(request: Request, plan: Plan) -> list[RunSpec]:
    """Return the runs: point by point, seed by seed, so that a seed's population is drawn once."""
    specs = []
    for i, point in enumerate(plan.design.to_dict("records")):
        arms = plan.place({str(k): v for k, v in point.items()}, plan.label(i))
        specs += [
            RunSpec(*arms[s.name], seed, 12 * request.years)
            for seed in request.seeds
            for s in _compared(request)
        ]
    return specs


def _compared(request: Request) -> list[Scenario]:
    """Return the arms and their baseline; a reference is not needed in a sweep."""
    experiment = experiment_of(request)
    needed = {experiment.baseline, *experiment.scenarios}
    return [s for s in request.scenarios if s.name in needed]


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
        return pd.DataFrame(
            {"factor": shares["term"], "index": "variance_share", "value": shares["share"]}
        ).assign(ci_low=np.nan, ci_high=np.nan, n=len(y))
    return sensitivity.pawn_index(plan.factors, design, y, slices=max(2, min(10, len(y) // 8)))


def regret_table(points: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return worst regret of each scenario, and in what share of points it is as good as any."""
    columns = ["scenario", "measure", "worst_regret", "share_best", "ci_low", "ci_high", "n_points"]
    rows = points[points["measure"] == measure]
    wide = rows.pivot_table(index="scenario", columns="point", values="value").dropna(axis=1)
    if wide.empty:
        return pd.DataFrame(columns=columns)
    lower = not measure.startswith(("mean_", "income_", "employment"))
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


def _told(factor: Factor, plan: Plan) -> dict[str, Any]:
    bounds: dict[str, Any] = {"choices": list(factor.choices)} if factor.choices else {}
    if not factor.choices:
        bounds = {"low": factor.low, "high": factor.high}
    return {"name": factor.name, **bounds, "title": dict(plan.titles[factor.name])}


def _write(sweep: Sweep, request: Request) -> None:
    """Write the tables, the configuration and the manifest."""
    folder, plan = sweep.home, sweep.plan
    labels = [plan.label(i) for i in range(len(plan.design))]
    design = plan.design.copy()
    design.insert(0, "point", labels)
    write_csv(folder / "design.csv", design)
    for name in ("points", "sensitivity", "regret", "runs"):
        write_csv(folder / f"{name}.csv", getattr(sweep, name))
    boxes = {name: box_as_plain(box) for name, box in sweep.boxes.items()}
    write_json(folder / "failures.json", boxes)
    (folder / "config.yaml").write_text(
        yaml.safe_dump(plain(request.resolved), sort_keys=False, allow_unicode=True),
        encoding="utf-8",
    )
    write_json(folder / "manifest.json", sweep.manifest)
