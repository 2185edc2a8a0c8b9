"""Run a comparison from request to files."""

import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from povsim.calendar import FIRST_YEAR
from povsim.errors import Said, said
from povsim.measures.catalogue import declared
from povsim.study.comparison.cost import averted, cost_residuals
from povsim.study.comparison.dial import STEPS
from povsim.study.comparison.effects import EFFECTS, effects
from povsim.study.comparison.equal_cost import EqualCost
from povsim.study.comparison.experiment import Experiment
from povsim.study.comparison.hazards import hazards
from povsim.study.comparison.inference import (
    Spread,
    is_rate,
    precision_table,
    seeds_needed,
    spreads,
)
from povsim.study.comparison.verdicts import verdicts
from povsim.study.limits import check_size
from povsim.study.page import write_page
from povsim.study.request import Request
from povsim.study.runs.bench import Bench
from povsim.study.runs.files import write_manifest
from povsim.study.runs.folders import only_study_in, output_folder
from povsim.study.runs.gather import ANNUAL, EVERYBODY, LEDGER, Digest
from povsim.study.runs.identity import check_same, identity_of, note_identity
from povsim.study.runs.panel import Panel
from povsim.study.runs.passing import Keeper, PassingFolder, removed_on_failure
from povsim.study.runs.progress import one_bar
from povsim.study.runs.provenance import in_both, manifest_of, plain, timeline
from povsim.study.runs.spec import RunSpec
from povsim.study.runs.store import check_writable, make_room, write_csv, write_yaml
from povsim.study.runs.tables import read_table
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
TABLES = ("effects", "runs", "verdicts", "hazards", "precision")
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
        """Every yearly number of every run (read from the file when it is asked for)."""
        return pd.read_parquet(self.home / "annual.parquet")

    @cached_property
    def falls(self) -> pd.DataFrame:
        """Every fall of every run: the person-spell table."""
        return pd.read_parquet(self.home / "falls.parquet")

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """Yuan by run, year, programme, source and use."""
        return read_table(self.home / "ledger.csv")

    def write(self, folder: Path) -> Path:
        """Write every table, the configuration and the manifest into ``folder``."""
        check_writable(folder)
        if folder.resolve() != self.home.resolve():
            check_same(folder, self.manifest)
            for name in STREAMED:
                shutil.copyfile(self.home / name, make_room(folder / name))
        for name in TABLES:
            write_csv(folder / f"{name}.csv", getattr(self, name))
        written = [*STREAMED, *(f"{name}.csv" for name in TABLES), "config.yaml"]
        if len(self.matching):
            write_csv(folder / "matching.csv", self.matching)
            written.append("matching.csv")
        write_yaml(folder / "config.yaml", self.config)
        write_manifest(folder, self.manifest, written)
        self.folder = folder
        return folder

    def report(self, folder: str | Path, language: str = "en") -> Path:
        """Write the tables and the report into ``folder``; return the path of the page."""
        return write_page("study", self.write(Path(folder)), language)


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
    check_study(request, folder)
    own = identity_of(request)
    with nullcontext() if folder is None else only_study_in(folder, own):
        with removed_on_failure(folder or PassingFolder.made()) as home:
            comparison = Comparison(request, home, quiet)
            note_identity(home, own)
            with one_bar(quiet):
                comparison.equal_cost.match()
                comparison.run()
            when_run()
            study = comparison.gather()
        study.manifest |= own
        if folder is not None:
            study.write(folder)
    return study


def check_study(request: Request, folder: Path | None) -> None:
    """Raise UserError if a study could never be finished on this machine."""
    arms, seeds = len(request.scenarios), len(request.seeds)
    check_size(request, folder, whole=True, arms=arms, seeds=seeds)


class Comparison:
    """A study at work: its arms, as costs and precision have them run."""

    def __init__(self, request: Request, home: Path, quiet: bool) -> None:
        self.started = time.perf_counter()
        self.request = request
        self.experiment = experiment_of(request)
        self.bench = Bench(request, home, quiet)
        declared = {s.name: (request.world_of(s.name), s) for s in request.scenarios}
        self.equal_cost = EqualCost(self.bench, self.experiment, declared)

    def specs(self) -> list[RunSpec]:
        """Return the runs of all arms, seed by seed."""
        return self.bench.specs(list(self.equal_cost.arms.values()))

    def run(self) -> None:
        """Run all arms, and more seeds until differences are as precise as was asked for."""
        bench = self.bench
        bench.run(self.specs())
        wanted, most = self.request.precision, self.request.max_seeds
        while wanted is not None and len(bench.seeds) < most:
            needed = self.seeds_for(wanted)
            if needed <= len(bench.seeds):
                return
            first = bench.seeds[0]
            count = min(most, max(len(bench.seeds) + 1, round(MORE_THAN_NEEDED * needed)))
            bench.seeds = list(range(first, first + count))
            self.equal_cost.match_again()
            bench.run(self.specs())

    def seeds_for(self, precision: float) -> int:
        """Return the seeds that the spread so far calls for, for every rate and arm."""
        return max((seeds_needed(s.spread, precision) for s in self.spreads()), default=2)

    def spreads(self) -> list[Spread]:
        """Return how much shares of the last year differ over seeds.

        Those of differences from the baseline; of a scenario that is compared with none, its own.
        """
        panel = Panel()
        for spec in self.specs():
            found = self.bench.found(spec)
            if found is not None:
                head, tables = found
                panel.add(head["scenario"], head["world"], spec.seed, tables["annual"], EVERYBODY)
        rates = [m for m in self.outcomes() if is_rate(m)]
        return spreads(panel, self.experiment.baseline, self.equal_cost.compared(), rates)

    def precision_note(self) -> list[Said]:
        """Return whether the precision that was asked for is reached."""
        wanted = self.request.precision
        if wanted is None:
            return []
        if not any(map(is_rate, self.outcomes())):
            return [said("precision_of_shares")]
        found = self.spreads()
        if not found:
            return []  # no runs to tell from; what failed is said elsewhere
        widest = max(found, key=lambda s: s.reach)
        needed = self.seeds_for(wanted)
        told = {
            "n": len(self.bench.seeds),
            "wanted": f"{100 * wanted:.2g}",
            "width": f"{100 * widest.reach:.2g}",
            "needed": f"{needed:,}",
            "scenario": self.equal_cost.arms[widest.scenario][1].title,
            "measure": declared(widest.measure).title,
        }
        return [said("precision_reached" if widest.reach <= wanted else "precision_missed", **told)]

    def outcomes(self) -> tuple[str, ...]:
        """Return the experiment's outcomes, or the relapse rate if it names none."""
        return self.experiment.outcomes or ("relapse_rate",)

    def gather(self) -> Study:
        """Put the outcomes of all runs into tables."""
        experiment, request = self.experiment, self.request
        digests, panel = self.bench.gather(self.specs())
        good = [d for d in digests if d.status == "ok"]
        there = {d.scenario for d in good}
        arms = [s for s in experiment.all_scenarios() if s in there]
        compared = [s for s in self.equal_cost.compared() if s in there]
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
            home=self.bench.home,
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
            "seeds": self.bench.seeds,
            "timeline": {n: timeline(arm[1]) for n, arm in self.equal_cost.arms.items()},
            "precision_wanted": request.precision,
            "unreadable_runs": self.bench.store.unreadable,
            "matched": {
                m.arm: {"dial": m.dial.name, "value": m.value}
                for m in self.equal_cost.matches.values()
            },
        }
        study.manifest["notes"] += [in_both(note) for note in self.precision_note()]
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
