"""Run many and keep them: what is there is not run again, what ends is a file."""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from povsim.errors import said
from povsim.study.runs.executors import Executor, Receipt, Runner, execute
from povsim.study.runs.progress import track
from povsim.study.runs.spec import Outcome, RunSpec, run_one
from povsim.study.runs.store import Store, Tables


class Interrupted(KeyboardInterrupt):
    """Raised when somebody stops a study; says how many runs are kept."""

    def __init__(self, done: int, total: int, folder: Path) -> None:
        super().__init__()
        self.done, self.total, self.study = done, total, folder


def run_missing(
    specs: Sequence[RunSpec],
    store: Store,
    executor: Executor,
    quiet: bool = True,
    runner: Runner = run_one,
) -> dict[str, Receipt]:
    """Run the specifications that the store has not, and return their receipts by run id.

    Raises
    ------
    Interrupted
        On Ctrl-C or SIGTERM; finished runs stay in the store.
    OSError
        If a run could not be kept (a full disk, a folder that has gone); it is of no use to run
        the others.
    """
    missing = {
        run_id: spec
        for run_id, spec in ((spec.run_id(), spec) for spec in specs)
        if not store.has(run_id)
    }
    if store.unreadable:
        names = [*store.unreadable[:3], *(["..."] if len(store.unreadable) > 3 else [])]
        key = "run_file_again" if len(store.unreadable) == 1 else "run_files_again"
        told = said(key, n=len(store.unreadable), names=names)
        sys.stderr.write(f"povsim: {told}\n")
    if not missing:
        return {}
    receipts: dict[str, Receipt] = {}
    total = len(set(map(RunSpec.run_id, specs)))
    before = total - len(missing)
    try:
        with closing(execute(list(missing.values()), store.folder, executor, runner)) as results:
            for receipt in track(results, total, quiet, before):
                receipts[receipt.run_id] = receipt
                if receipt.unkept:
                    reason = os.strerror(receipt.unkept)
                    raise OSError(receipt.unkept, reason, str(store.folder))
    except KeyboardInterrupt:
        raise Interrupted(before + len(receipts), total, store.folder.parent) from None
    return receipts


def run_many(
    specs: Sequence[RunSpec],
    workers: int = 1,
    folder: Path | None = None,
    quiet: bool = True,
    runner: Runner = run_one,
    executor: Executor | None = None,
) -> list[Outcome]:
    """Run specifications and return their outcomes in the order given.

    Parameters
    ----------
    specs : sequence of RunSpec
    workers : int
        Processes; the outcomes do not depend on it.
    folder : Path, optional
        Where finished runs are kept; those found there are not run again.
    quiet : bool
        Whether to show no progress bar.
    runner : callable
        What runs one specification.
    executor : Executor, optional
        In place of a pool of ``workers`` processes.
    """
    with TemporaryDirectory() as temporary:
        store = Store(folder or Path(temporary)).open()
        where = executor or Executor(workers=workers)
        receipts = run_missing(specs, store, where, quiet, runner)
        return [outcome_of(spec, store, receipts) for spec in specs]


def found_of(
    spec: RunSpec, store: Store, receipts: Mapping[str, Receipt]
) -> tuple[dict[str, Any], Tables] | None:
    """Return the stored values and tables of a run that ended well, else None."""
    receipt = receipts.get(spec.run_id())
    return store.read(spec.run_id()) if receipt is None or receipt.status == "ok" else None


def outcome_of(spec: RunSpec, store: Store, receipts: Mapping[str, Receipt]) -> Outcome:
    """Return the stored outcome of a specification, or its failure."""
    run_id = spec.run_id()
    receipt = receipts.get(run_id)
    if receipt is None or receipt.status == "ok":
        found = store.load(run_id)
        if found is not None:
            return found
    failed = Outcome(run_id, spec.scenario.name, spec.world.name, spec.seed, "failed")
    lost = receipt is None or receipt.status == "ok"
    failed.error = "its file could not be read" if receipt is None or lost else receipt.error
    failed.seconds = receipt.seconds if receipt else 0.0
    failed.months = spec.months
    return failed
