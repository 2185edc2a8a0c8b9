"""Run a comparison from request to files."""

import platform
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from povsim.calendar import FIRST_YEAR
from povsim.study.cost import averted, cost_residuals
from povsim.study.effects import EFFECTS, effects
from povsim.study.experiment import Experiment
from povsim.study.runner import run_many
from povsim.study.spec import Outcome, RunSpec, code_version
from povsim.study.spells import falls_table, hazards
from povsim.study.store import check_writable, write_csv, write_json, write_parquet
from povsim.study.verdicts import verdicts

if TYPE_CHECKING:
    from povsim.config import Request

RUNS = [
    "run_id",
    "scenario",
    "world",
    "seed",
    "status",
    "error",
    "seconds",
    "households",
    "months",
    "fiscal_cost_pv",
]
ANNUAL = ["run_id", "scenario", "world", "seed", "year", "group", "region", "measure", "value"]
LEDGER = ["run_id", "scenario", "seed", "year", "programme", "source", "use", "amount_yuan"]
PACKAGES = ("mesa", "numba", "numpy", "pandas", "scipy", "hydra-core")


@dataclass
class Study:
    """A finished comparison: the tables, as in the files.

    Attributes
    ----------
    annual, ledger, effects, verdicts, runs, falls, hazards : DataFrame
        Columns as in the files of a run.
    cost_residual : dict of str to float
        Relative difference of the expected discounted fiscal cost from the baseline's, by arm.
    folder : Path or None
        Where the files are, if they were written.
    """

    experiment: Experiment
    outcomes: list[Outcome] = field(repr=False)
    annual: pd.DataFrame = field(repr=False)
    ledger: pd.DataFrame = field(repr=False)
    effects: pd.DataFrame = field(repr=False)
    verdicts: pd.DataFrame = field(repr=False)
    runs: pd.DataFrame = field(repr=False)
    falls: pd.DataFrame = field(repr=False)
    hazards: pd.DataFrame = field(repr=False)
    cost_residual: dict[str, float]
    manifest: dict[str, Any] = field(repr=False)
    config: dict[str, Any] = field(repr=False)
    folder: Path | None = None

    @property
    def failed(self) -> int:
        """Number of failed runs."""
        return int((self.runs["status"] != "ok").sum())

    def write(self, folder: Path) -> Path:
        """Write every table, the configuration and the manifest into ``folder``."""
        check_writable(folder)
        write_csv(folder / "effects.csv", self.effects)
        write_csv(folder / "ledger.csv", self.ledger)
        write_csv(folder / "runs.csv", self.runs)
        write_csv(folder / "verdicts.csv", self.verdicts)
        write_csv(folder / "hazards.csv", self.hazards)
        write_parquet(folder / "annual.parquet", self.annual)
        write_parquet(folder / "falls.parquet", self.falls)
        (folder / "config.yaml").write_text(
            yaml.safe_dump(self.config, sort_keys=False, allow_unicode=True), encoding="utf-8"
        )
        write_json(folder / "manifest.json", self.manifest)
        self.folder = folder
        return folder

    def report(self, folder: str | Path, language: str = "en") -> Path:
        """Write the tables and the report into ``folder``; return the path of the page."""
        from povsim.report import write_report  # the floor above

        self.write(Path(folder))
        page: Path = write_report(Path(folder), language=language)
        return page


def output_folder(name: str, out: Path | None) -> Path:
    """Return the folder of results: the one named, or a new one that is never overwritten."""
    if out is not None:
        return out
    stamp = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H-%M-%S")
    base = Path("outputs") / name
    folder, i = base / stamp, 1
    while folder.exists():
        folder, i = base / f"{stamp}-{i}", i + 1
    return folder


def run_study(request: "Request", folder: Path | None = None, quiet: bool = True) -> Study:
    """Run every scenario and seed of a request and gather the tables.

    Parameters
    ----------
    request : Request
        From :func:`povsim.config.compose`.
    folder : Path, optional
        Where results are written; checked before anything runs. Finished runs are kept in its
        ``runs`` folder, so that a killed study resumes.
    quiet : bool
        Whether to show no progress bar.
    """
    experiment = experiment_of(request)
    started = time.perf_counter()
    runs = None
    if folder is not None:
        check_writable(folder)
        runs = folder / "runs"
    months = 12 * request.years
    specs = [
        RunSpec(request.world_of(scenario.name), scenario, seed, months)
        for seed in request.seeds
        for scenario in request.scenarios
    ]
    outcomes = run_many(specs, request.workers, runs, quiet)
    study = gather(experiment, outcomes, request, time.perf_counter() - started)
    if folder is not None:
        study.write(folder)
    return study


def experiment_of(request: "Request") -> Experiment:
    """Return the request's experiment, or a plain look at its single scenario."""
    if request.experiment is not None:
        name = str(request.resolved.get("choices", {}).get("experiment", "experiment"))
        return Experiment.from_mapping(name, request.experiment)
    scenario = request.scenario
    text = {"en": "What happens under this course of action?", "zh": "在这一政策方案下会发生什么？"}
    return Experiment(
        scenario.name, scenario.title, text, scenario.name, (scenario.name,), equal_cost="none"
    )


def gather(
    experiment: Experiment, outcomes: list[Outcome], request: "Request", seconds: float
) -> Study:
    """Put the outcomes of all runs into tables."""
    good = [o for o in outcomes if o.status == "ok"]
    annual = _stack(good, "annual", ANNUAL)
    ledger = _stack(good, "ledger", LEDGER)
    arms = [s for s in experiment.all_scenarios() if any(o.scenario == s for o in good)]
    table = pd.DataFrame(columns=EFFECTS)
    if experiment.baseline in arms:
        table = effects(annual, experiment.baseline, arms)
        if experiment.reference in arms:
            compared = [a for a in arms if a != experiment.reference]
            more = averted(good, str(experiment.reference), compared, experiment.baseline)
            table = pd.concat([table, more], ignore_index=True)[EFFECTS] if len(more) else table
    compared = [a for a in experiment.scenarios if a in arms]
    return Study(
        experiment=experiment,
        outcomes=outcomes,
        annual=annual,
        ledger=ledger,
        effects=table,
        verdicts=verdicts(annual, experiment, FIRST_YEAR),
        runs=pd.DataFrame([{c: getattr(o, c) for c in RUNS} for o in outcomes], columns=RUNS),
        falls=falls_table(good),
        hazards=hazards(good),
        cost_residual=cost_residuals(good, experiment.baseline, compared),
        manifest=_manifest(experiment, outcomes, request, seconds, compared),
        config=_plain(request.resolved),
    )


def _stack(outcomes: Sequence[Outcome], name: str, columns: list[str]) -> pd.DataFrame:
    """Return the named table of all runs, one below the other, with the run's keys."""
    if not outcomes:
        return pd.DataFrame(columns=columns)
    parts = [
        getattr(o, name).assign(run_id=o.run_id, scenario=o.scenario, world=o.world, seed=o.seed)
        for o in outcomes
    ]
    return pd.concat(parts, ignore_index=True)[columns]


def _manifest(
    experiment: Experiment,
    outcomes: Sequence[Outcome],
    request: "Request",
    seconds: float,
    arms: list[str],
) -> dict[str, Any]:
    """Return what is needed to repeat the study and to read its report."""
    good = [o for o in outcomes if o.status == "ok"]
    used = {u.name for s in request.scenarios for u in s.programmes}
    from povsim.population.blueprint import blueprint
    from povsim.programmes.cards import load_card

    return {
        "experiment": experiment.name,
        "title": dict(experiment.title),
        "question": dict(experiment.question),
        "reading": dict(experiment.reading),
        "baseline": experiment.baseline,
        "reference": experiment.reference,
        "equal_cost": experiment.equal_cost,
        "outcomes": list(experiment.outcomes),
        "scenarios": {s.name: dict(s.title) for s in request.scenarios},
        "programmes": {name: dict(load_card(name).title) for name in sorted(used)},
        "population": dict(blueprint(request.world.population).title),
        "seeds": list(request.seeds),
        "years": request.years,
        "first_year": FIRST_YEAR,
        "size": request.size,
        "households": request.world.households,
        "workers": request.workers,
        "group_rows": good[0].group_rows if good else {},
        "cost_residual": cost_residuals(good, experiment.baseline, arms),
        "wall_seconds": round(seconds, 2),
        "code_version": code_version(),
        "content_hash": _content_hash(outcomes),
        "versions": {"povsim": version("povsim"), **{p: version(p) for p in PACKAGES}},
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "git": _git_state(),
        "command": _command(request),
    }


def _content_hash(outcomes: Sequence[Outcome]) -> str:
    import hashlib

    return hashlib.sha256(" ".join(o.run_id for o in outcomes).encode()).hexdigest()[:20]


def _command(request: "Request") -> str:
    """Return the command that repeats the study, as far as the request knows it."""
    asked = request.resolved.get("overrides") or []
    return " ".join(["povsim", "run", *map(str, asked)])


def _git_state() -> str:
    """Return the commit of the source checkout, with a mark if it is changed; empty elsewhere."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return ""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--dirty"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _plain(tree: Any) -> Any:
    """Return mappings and sequences as plain dictionaries and lists."""
    if hasattr(tree, "items"):
        return {str(k): _plain(v) for k, v in tree.items()}
    if isinstance(tree, list | tuple):
        return [_plain(v) for v in tree]
    return tree if isinstance(tree, str | int | float | bool | None) else str(tree)


def compare(
    what: str | Sequence[str] = "leverage_vs_transfers",
    seeds: int | None = None,
    years: int | None = None,
    overrides: Sequence[str] = (),
    workers: int | None = None,
    quiet: bool = False,
) -> Study:
    """Run an experiment by name, or compare scenarios, the first of which is the baseline.

    Examples
    --------
    >>> study = compare("leverage_vs_transfers", seeds=16, years=10)  # doctest: +SKIP
    >>> study.effects  # doctest: +SKIP
    """
    from povsim.config import compose  # the boundary sits above

    asked = list(overrides)
    names = [what] if isinstance(what, str) else list(what)
    if isinstance(what, str):
        asked.append(f"experiment={what}")
    else:
        listed = ",".join(names)
        asked += [
            f"experiment.baseline={names[0]}",
            f"experiment.scenarios=[{listed}]",
            "experiment.reference=null",
            "experiment.hypotheses=[]",
        ]
    for key, number in (("seeds", seeds), ("years", years), ("workers", workers)):
        if number is not None:
            asked.append(f"{key}={number}")
    return run_study(compose(asked), quiet=quiet)
