"""Run many: one after another or on a pool of processes, with the same result."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from povsim.study.progress import track
from povsim.study.spec import Outcome, RunSpec, run_one
from povsim.study.store import load_run, save_run

Runner = Callable[[RunSpec], Outcome]


def run_many(
    specs: Sequence[RunSpec],
    workers: int = 1,
    folder: Path | None = None,
    quiet: bool = True,
    runner: Runner = run_one,
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
    """
    outcomes: dict[str, Outcome] = {}
    waiting: list[RunSpec] = []
    for spec in specs:
        stored = load_run(folder, spec.run_id()) if folder else None
        if stored is not None:
            outcomes[spec.run_id()] = stored
        else:
            waiting.append(spec)
    results = (
        _serial(waiting, runner)
        if workers <= 1 or len(waiting) <= 1
        else _pool(waiting, workers, runner)
    )
    for outcome in track(results, len(waiting), quiet):
        if folder:
            save_run(folder, outcome)
        outcomes[outcome.run_id] = outcome
    return [outcomes[spec.run_id()] for spec in specs]


def _serial(specs: Sequence[RunSpec], runner: Runner) -> Iterator[Outcome]:
    for spec in specs:
        yield runner(spec)


ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Variables that keep a worker to one thread: processes are the parallel part, and libraries
whose threads wait by spinning would slow each other down."""


def _pool(specs: Sequence[RunSpec], workers: int, runner: Runner) -> Iterator[Outcome]:
    """Yield outcomes as they end; the first run compiles, the others find the cache warm."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    with ProcessPoolExecutor(min(workers, len(specs)), mp_context=context) as pool:
        futures = [pool.submit(runner, spec) for spec in specs]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            for future in futures:
                future.cancel()
            raise
