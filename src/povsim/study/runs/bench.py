"""The bench of a study: where its runs are run and kept, on which seeds, and what came back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from povsim.params import World
from povsim.programmes.scenario import Scenario
from povsim.study.request import Request
from povsim.study.runs.executors import Executor, Receipt
from povsim.study.runs.gather import Digest, gather_runs
from povsim.study.runs.outlook import Outlook, look_ahead
from povsim.study.runs.panel import Panel
from povsim.study.runs.runner import found_of, outcome_of, run_missing
from povsim.study.runs.spec import Outcome, RunSpec
from povsim.study.runs.store import Store, Tables, check_writable

Arm = tuple[World, Scenario]


class Bench:
    """Store, executor, receipts and seeds of one comparison, sweep or search.

    Attributes
    ----------
    home : Path
        Folder of the study; its runs are in ``runs``.
    seeds : list of int
        Seeds on which every arm is run.
    asked : dict of str to None
        Ids of all runs that were wanted, in order.
    wanted : int
        How many were; one that was wanted twice counts twice.
    """

    def __init__(self, request: Request, home: Path, quiet: bool) -> None:
        check_writable(home)
        self.home, self.quiet = home, quiet
        self.store = Store(home / "runs").open()
        self.executor = Executor(request.executor, request.workers, request.address)
        self.seeds, self.months = list(request.seeds), request.months
        self.receipts: dict[str, Receipt] = {}
        self.asked: dict[str, None] = {}
        self.wanted = 0

    def specs(self, arms: Sequence[Arm]) -> list[RunSpec]:
        """Return the runs of some arms, seed by seed, so that a seed's people are drawn once."""
        return [RunSpec(*arm, seed, self.months) for seed in self.seeds for arm in arms]

    def run(self, specs: Sequence[RunSpec]) -> None:
        """Run what the store does not have."""
        self.asked |= dict.fromkeys(spec.run_id() for spec in specs)
        self.wanted += len(specs)
        self.receipts |= run_missing(specs, self.store, self.executor, self.quiet)

    def look_ahead(self, specs: Sequence[RunSpec]) -> Outlook:
        """Make a few runs first and return what they say about the others."""
        outlook, receipts = look_ahead(specs, self.store, self.executor)
        self.receipts |= receipts
        return outlook

    def outcomes(self, arms: Sequence[Arm]) -> Iterator[list[Outcome]]:
        """Run arms on all seeds and yield the outcomes of each, by seed."""
        specs = self.specs(arms)
        self.run(specs)
        for i in range(len(arms)):
            yield [outcome_of(spec, self.store, self.receipts) for spec in specs[i :: len(arms)]]

    def found(self, spec: RunSpec) -> tuple[dict[str, Any], Tables] | None:
        """Return the stored values and tables of a run that ended well, else None."""
        return found_of(spec, self.store, self.receipts)

    def gather(
        self, specs: Sequence[RunSpec], everybody_only: bool = False
    ) -> tuple[list[Digest], Panel]:
        """Write the tables of all runs into the study's folder; return what they come to."""
        return gather_runs(specs, self.store, self.receipts, self.home, everybody_only)
