"""Run a comparison from request to files."""

import shutil
import time
import weakref
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pandas as pd
import yaml

from povsim.calendar import FIRST_YEAR
from povsim.errors import RunsFailedError, said
from povsim.params import World
from povsim.programmes.scenario import Scenario
from povsim.study.comparison.cost import averted, cost_residuals
from povsim.study.comparison.dial import STEPS
from povsim.study.comparison.effects import EFFECTS, effects
from povsim.study.comparison.equal_cost import EqualCost
from povsim.study.comparison.experiment import Experiment
from povsim.study.comparison.hazards import hazards
from povsim.study.comparison.inference import is_rate, precision_table, seeds_needed
from povsim.study.comparison.verdicts import verdicts
from povsim.study.request import Request
from povsim.study.runs.executors import Executor, Receipt
from povsim.study.runs.folders import only_study_in, output_folder
from povsim.study.runs.gather import ANNUAL, EVERYBODY, LEDGER, Digest, gather_runs
from povsim.study.runs.identity import check_same, identity_of
from povsim.study.runs.panel import Panel
from povsim.study.runs.progress import one_bar
from povsim.study.runs.provenance import manifest_of, plain, timeline
from povsim.study.runs.runner import found_of, outcome_of, run_missing
from povsim.study.runs.spec import RunSpec
from povsim.study.runs.store import Store, check_writable, write_csv, write_json
from povsim.words.texts import entries

__all__ = ["ANNUAL", "LEDGER", "RUNS", "Study", "output_folder", "run_study"]

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
PRECISION = 0.001
"""Half width in points of a share, for ``seeds_needed`` where none is asked for."""
STREAMED = ("annual.parquet", "falls.parquet", "ledger.csv")
MORE_THAN_NEEDED = 1.1
"""Factor on the seeds that the spread so far calls for."""


@dataclass
class Study:
    """A finished comparison: the tables, as in the files.

    Attributes
    ----------
    effects, verdicts, runs, hazards, precision, matching : DataFrame
        Columns as in the files of a run.
    cost_residual : dict of str to float
        Relative difference of the expected discounted fiscal cost from the baseline's, by arm.
    panel : Panel
        Yearly numbers of all runs as one matrix.
    folder : Path or None
        Where the files are, if they were written.
    """

    experiment: Experiment
    home: Path = field(repr=False)
    panel: Panel = field(repr=False)
    effects: pd.DataFrame = field(repr=False)
    verdicts: pd.DataFrame = field(repr=False)
    runs: pd.DataFrame = field(repr=False)
    hazards: pd.DataFrame = field(repr=False)
    precision: pd.DataFrame = field(repr=False)
    matching: pd.DataFrame = field(repr=False)
    cost_residual: dict[str, float]
    manifest: dict[str, Any] = field(repr=False)
    config: dict[str, Any] = field(repr=False)
    folder: Path | None = None

    @property
    def failed(self) -> int:
        """Number of failed runs."""
        return int((self.runs["status"] != "ok").sum())

    @cached_property
    def annual(self) -> pd.DataFrame:
        """Every yearly number of every run (read from the file when it is asked for)."""
        return pd.read_parquet(self.home / "annual.parquet")

    @cached_property
    def falls(self) -> pd.DataFrame:
        """Every fall of every run: the person-spell table."""
        return pd.read_parquet(self.home / "falls.parquet")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """Yuan by run, year, programme, source and use."""
        return pd.read_csv(self.home / "ledger.csv")

    def write(self, folder: Path) -> Path:
        """Write every table, the configuration and the manifest into ``folder``."""
        check_writable(folder)
        if folder.resolve() != self.home.resolve():
            check_same(folder, self.manifest)
            for name in STREAMED:
                shutil.copyfile(self.home / name, folder / name)
        for name in ("effects", "runs", "verdicts", "hazards", "precision"):
            write_csv(folder / f"{name}.csv", getattr(self, name))
        if len(self.matching):
            write_csv(folder / "matching.csv", self.matching)
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


def run_study(
    request: Request,
    folder: Path | None = None,
    quiet: bool = True,
    when_run: Callable[[], None] = lambda: None,
) -> Study:
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
    when_run : callable
        Called when all runs have ended, before tables are put together.
    """
    own = identity_of(request)
    with nullcontext() if folder is None else only_study_in(folder, own):
        bench = Bench(request, folder, quiet)
        try:
            with one_bar(quiet):
                bench.equal_cost.match()
                bench.run()
            when_run()
            study = bench.gather()
            study.manifest |= own
        except BaseException:
            bench.tidy()
            raise
        if folder is not None:
            study.write(folder)
    if folder is None:
        weakref.finalize(study, bench.tidy)
    return study


class Bench:
    """The working place of one study: its store, its arms, its seeds, what was run."""

    def __init__(self, request: Request, folder: Path | None, quiet: bool) -> None:
        self.started = time.perf_counter()
        self.request, self.quiet = request, quiet
        self.experiment = experiment_of(request)
        self.temporary = folder is None
        self.home = folder or Path(mkdtemp(prefix="povsim-"))
        check_writable(self.home)
        self.store = Store(self.home / "runs").open()
        self.arms = {s.name: (request.world_of(s.name), s) for s in request.scenarios}
        self.declared = dict(self.arms)
        self.seeds = list(request.seeds)
        self.receipts: dict[str, Receipt] = {}
        self.equal_cost = EqualCost(self)

    def tidy(self) -> None:
        """Remove the working place if nobody asked to keep it."""
        if self.temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def specs(self, names: Iterable[str] | None = None) -> list[RunSpec]:
        """Return the runs of some arms, or of all, seed by seed."""
        chosen = list(self.arms if names is None else names)
        return [self.spec(*self.arms[n], seed) for seed in self.seeds for n in chosen]

    def spec(self, world: World, scenario: Scenario, seed: int) -> RunSpec:
        return RunSpec(world, scenario, seed, 12 * self.request.years)

    def run(self) -> None:
        """Run all arms, and more seeds until differences are as precise as was asked for."""
        self.run_all(self.specs())
        wanted, most = self.request.precision, self.request.max_seeds
        while wanted is not None and len(self.seeds) < most:
            needed = self.seeds_for(wanted)
            if needed <= len(self.seeds):
                return
            first = self.seeds[0]
            count = min(most, max(len(self.seeds) + 1, round(MORE_THAN_NEEDED * needed)))
            self.seeds = list(range(first, first + count))
            self.equal_cost.match_again()
            self.run_all(self.specs())

    def seeds_for(self, precision: float) -> int:
        """Return the seeds that the spread so far calls for, for every rate and arm."""
        panel = Panel()
        for spec in self.specs():
            found = found_of(spec, self.store, self.receipts)
            if found is not None:
                head, tables = found
                panel.add(head["scenario"], head["world"], spec.seed, tables["annual"], EVERYBODY)
        if not panel.runs:
            return 2
        rates = [m for m in self.outcomes() if is_rate(m)]
        year = panel.years()[-1]
        most = 2
        for measure in rates:
            base = panel.series(self.experiment.baseline, measure, year)
            for name in self.compared():
                apart = panel.series(name, measure, year) - base
                if len(apart.dropna()) > 1:
                    most = max(most, seeds_needed(float(apart.std(ddof=1)), precision))
        return most

    def outcomes(self) -> tuple[str, ...]:
        """Return the experiment's outcomes, or the relapse rate if it names none."""
        return self.experiment.outcomes or ("relapse_rate",)

    def compared(self) -> list[str]:
        """Return the arms that are held against the baseline."""
        return [n for n in self.experiment.scenarios if n in self.arms]

    def run_all(self, specs: Sequence[RunSpec]) -> None:
        request = self.request
        executor = Executor(request.executor, request.workers, request.address)
        self.receipts |= run_missing(specs, self.store, executor, self.quiet)

    def cost(self, world: World, scenario: Scenario) -> float:
        """Return an arm's expected discounted fiscal cost, yuan.

        Money that was appropriated and lies unspent counts: nobody else can use it.
        """
        specs = [self.spec(world, scenario, seed) for seed in self.seeds]
        self.run_all(specs)
        runs = [outcome_of(spec, self.store, self.receipts) for spec in specs]
        costs = [o.fiscal_cost_pv for o in runs if o.status == "ok"]
        if len(costs) < len(runs):
            failed = next(o.error for o in runs if o.status != "ok")
            where = self.store.folder
            raise RunsFailedError(
                said("cost_run_failed", scenario=scenario.name, error=failed, folder=where)
            )
        return sum(costs) / len(costs)

    def gather(self) -> Study:
        """Put the outcomes of all runs into tables."""
        experiment, request = self.experiment, self.request
        digests, panel = gather_runs(self.specs(), self.store, self.receipts, self.home)
        good = [d for d in digests if d.status == "ok"]
        there = {d.scenario for d in good}
        arms = [s for s in experiment.all_scenarios() if s in there]
        compared = [s for s in self.compared() if s in there]
        table = pd.DataFrame(columns=EFFECTS)
        precision = precision_table(Panel(), "", (), ())
        if experiment.baseline in arms:
            table = _with_averted(
                effects(panel, experiment.baseline, arms), good, panel, experiment
            )
            precision = precision_table(
                panel,
                experiment.baseline,
                compared,
                self.outcomes(),
                request.precision or PRECISION,
            )
        matched = experiment.equal_cost == "present_value"
        equal = [s for s in compared if not (matched and self.equal_cost.is_fixed(s))]
        residual = cost_residuals(good, experiment.baseline, equal)
        study = Study(
            experiment=experiment,
            home=self.home,
            panel=panel,
            effects=table,
            verdicts=verdicts(panel, experiment, FIRST_YEAR),
            runs=runs_table(digests),
            hazards=hazards(good),
            precision=precision,
            matching=pd.DataFrame(self.equal_cost.steps, columns=STEPS),
            cost_residual=residual,
            manifest={},
            config=plain(request.resolved),
        )
        study.manifest = manifest_of(
            experiment, digests, request, time.perf_counter() - self.started, residual
        ) | {
            "seeds": self.seeds,
            "timeline": {name: timeline(scenario) for name, (_, scenario) in self.arms.items()},
            "precision_wanted": request.precision,
            "unreadable_runs": self.store.unreadable,
            "matched": {
                m.arm: {"dial": m.dial.name, "value": m.value}
                for m in self.equal_cost.matches.values()
            },
        }
        return study


def runs_table(digests: Sequence[Digest]) -> pd.DataFrame:
    """Return one row a run, as in ``runs.csv``."""
    return pd.DataFrame([{c: getattr(d, c) for c in RUNS} for d in digests], columns=RUNS)


def _with_averted(
    table: pd.DataFrame, good: Sequence[Digest], panel: Panel, experiment: Experiment
) -> pd.DataFrame:
    """Return the effects with the cost per relapse averted, if a reference was run."""
    there = {d.scenario for d in good}
    if experiment.reference not in there:
        return table
    arms = [s for s in experiment.scenarios if s in there and s != experiment.reference]
    more = averted(good, panel, str(experiment.reference), arms, experiment.baseline)
    return pd.concat([table, more], ignore_index=True)[EFFECTS] if len(more) else table


def experiment_of(request: Request) -> Experiment:
    """Return the request's experiment, or a plain look at its single scenario."""
    if request.experiment is not None:
        name = str(request.resolved.get("choices", {}).get("experiment", "experiment"))
        return Experiment.from_mapping(name, request.experiment)
    scenario = request.scenario
    question = entries()["sentences"]["single_scenario"]
    return Experiment(
        scenario.name, scenario.title, question, scenario.name, (scenario.name,), equal_cost="none"
    )
