"""Sweep levers, uncertainties and structures; see which of them decide."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from povsim.errors import UserError, said
from povsim.programmes.scenario import Scenario
from povsim.study.comparison.study import STREAMED, experiment_of, runs_table
from povsim.study.limits import check_size
from povsim.study.page import write_page
from povsim.study.request import Request
from povsim.study.runs.bench import Bench
from povsim.study.runs.files import write_manifest
from povsim.study.runs.folders import copy_files, only_study_in
from povsim.study.runs.identity import Identity, identity_of, note_identity
from povsim.study.runs.outlook import Outlook
from povsim.study.runs.passing import Keeper
from povsim.study.runs.provenance import made_by, plain
from povsim.study.runs.spec import RunSpec
from povsim.study.runs.store import write_csv, write_json, write_yaml
from povsim.study.sweeps.designs import Factor
from povsim.study.sweeps.discovery import Box, box_as_plain
from povsim.study.sweeps.plan import Plan
from povsim.study.sweeps.tables import boxes_of, points_table, regret_table, sensitivity_table

TABLES = ("points", "sensitivity", "regret", "runs")
WRITTEN = (
    *STREAMED,
    "design.csv",
    *(f"{name}.csv" for name in TABLES),
    "failures.json",
    "config.yaml",
)
"""Files of which the manifest holds hashes."""


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
    keeper: Keeper | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the files as long as they are needed."""
        self.keeper = self.keeper or Keeper(self.home)

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
        return write_page("sweep", copy_files(self.home, Path(folder)), language)


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
    check_sweep(request, plan, folder)
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
    bench = Bench(request, folder, quiet)
    note_identity(folder, own)
    specs = _specs(request, plan, bench)
    if announce is not None:
        announce(bench.look_ahead(specs))
    bench.run(specs)
    digests, panel = bench.gather(specs, everybody_only=True)
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
            "unreadable_runs": bench.store.unreadable,
            "wall_seconds": round(time.perf_counter() - started, 2),
            "run_seconds": round(sum(d.seconds for d in digests), 2),
            **made_by([d.run_id for d in digests], request),
            **own,
        },
    )
    _write(sweep, request)
    return sweep


def check_sweep(request: Request, plan: Plan, folder: Path | None) -> None:
    """Raise UserError for what a study of one point would do and a sweep does not, or its size."""
    if experiment_of(request).equal_cost == "present_value":
        rule = said("cost_rule_in_sweep")
        raise UserError("experiment.equal_cost", "present_value", rule)
    if request.precision is not None:
        raise UserError("precision", request.precision, said("null_in_sweep"))
    arms, seeds = len(_compared(request)), len(request.seeds)
    check_size(request, folder, points=len(plan.design), arms=arms, seeds=seeds)


def _specs(request: Request, plan: Plan, bench: Bench) -> list[RunSpec]:
    """Return the runs, point by point."""
    specs = []
    compared = [s.name for s in _compared(request)]
    for i, point in enumerate(plan.design.to_dict("records")):
        arms = plan.place({str(k): v for k, v in point.items()}, plan.label(i))
        specs += bench.specs([arms[name] for name in compared])
    return specs


def _compared(request: Request) -> list[Scenario]:
    """Return the arms and their baseline; a reference is not needed in a sweep."""
    experiment = experiment_of(request)
    needed = {experiment.baseline, *experiment.scenarios}
    return [s for s in request.scenarios if s.name in needed]


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
    for name in TABLES:
        write_csv(folder / f"{name}.csv", getattr(sweep, name))
    boxes = {name: box_as_plain(box) for name, box in sweep.boxes.items()}
    write_json(folder / "failures.json", boxes)
    write_yaml(folder / "config.yaml", plain(request.resolved))
    write_manifest(folder, sweep.manifest, WRITTEN)
