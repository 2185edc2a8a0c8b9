"""Where runs are run: one after another, on a pool of processes, on a Dask cluster.

Every executor takes the same list of runs and the same folder. The process that runs a
specification writes its file; what comes back is a receipt, so memory here stays flat.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from povsim.errors import UserError
from povsim.study.spec import Outcome, RunSpec
from povsim.study.store import Store

Runner = Callable[[RunSpec], Outcome]
KINDS = ("processes", "serial", "dask")
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Variables that keep a worker to one thread: processes are the parallel part, and libraries
whose threads wait by spinning would slow each other down."""
AHEAD = 4
"""Runs that wait at each worker, so that none is idle and few are held here."""


@dataclass(frozen=True)
class Executor:
    """Which executor, and what it needs.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    workers : int
        Processes (``processes``, and ``dask`` without an address).
    address : str or None
        Scheduler of a running Dask cluster, such as ``tcp://127.0.0.1:8786``.
    """

    kind: str = "processes"
    workers: int = 1
    address: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What the parent hears of a run; the rest is in its file."""

    run_id: str
    status: str
    error: str
    seconds: float


def run_and_keep(spec: RunSpec, folder: Path, runner: Runner) -> Receipt:
    """Run a specification, write its file, and return the receipt.

    A file that cannot be written (a full disk) is a failed run, told in its receipt.
    """
    outcome = runner(spec)
    status, error = outcome.status, outcome.error
    try:
        Store(folder).save(outcome)
    except OSError as failure:
        status, error = "failed", f"the run could not be written: {failure.strerror}"
    return Receipt(outcome.run_id, status, error, outcome.seconds)


def execute(
    specs: Sequence[RunSpec], folder: Path, executor: Executor, runner: Runner
) -> Iterator[Receipt]:
    """Yield receipts as runs end, in any order."""
    if executor.kind == "dask":
        return _dask(specs, folder, executor, runner)
    if executor.kind == "serial" or executor.workers <= 1 or len(specs) <= 1:
        return (run_and_keep(spec, folder, runner) for spec in specs)
    return _processes(specs, folder, executor.workers, runner)


def _processes(
    specs: Sequence[RunSpec], folder: Path, workers: int, runner: Runner
) -> Iterator[Receipt]:
    """Yield receipts from a pool; a worker that dies has its runs run again by others."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    waiting, again = list(reversed(specs)), 0
    while waiting:
        workers = min(workers, len(waiting))
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)
        running: dict[Future[Receipt], RunSpec] = {}
        try:
            while waiting or running:
                while waiting and len(running) < AHEAD * workers:
                    spec = waiting.pop()
                    running[pool.submit(run_and_keep, spec, folder, runner)] = spec
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    receipt = future.result()
                    del running[future]
                    yield receipt
        except BrokenProcessPool:
            again += 1
            lost = list(running.values())
            if again > MOST_DEATHS:
                yield from (_lost(spec) for spec in (*lost, *waiting))
                return
            waiting.extend(lost)
        finally:
            _end(pool)


MOST_DEATHS = 20
"""Workers that may die before the runs that are left count as failed."""


def _lost(spec: RunSpec) -> Receipt:
    return Receipt(spec.run_id(), "failed", "the worker died (out of memory?)", 0.0)


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool without waiting for runs that nobody wants any more."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(10)


def _leave_interrupts() -> None:
    """Let the parent decide what Ctrl-C means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _dask(
    specs: Sequence[RunSpec], folder: Path, executor: Executor, runner: Runner
) -> Iterator[Receipt]:
    """Yield receipts from a Dask cluster that sees the same folder."""
    client = _client(executor)
    from distributed import as_completed

    try:
        waiting = iter(specs)
        room = AHEAD * max(1, sum(client.nthreads().values()))
        first = [
            client.submit(run_and_keep, s, folder, runner, pure=False) for s in _some(waiting, room)
        ]
        queue = as_completed(first)
        by_key = dict(zip((f.key for f in first), specs, strict=False))
        for future in queue:
            spec = by_key.pop(future.key)
            failure: Any = future.exception()
            yield (
                future.result()
                if failure is None
                else Receipt(spec.run_id(), "failed", f"{type(failure).__name__}: {failure}", 0.0)
            )
            for following in _some(waiting, 1):
                more = client.submit(run_and_keep, following, folder, runner, pure=False)
                by_key[more.key] = following
                queue.add(more)
    finally:
        client.close()
        if client.cluster is not None:
            client.cluster.close()


def _some(specs: Iterator[RunSpec], count: int) -> list[RunSpec]:
    return [spec for _, spec in zip(range(count), specs, strict=False)]


def _client(executor: Executor) -> Any:
    """Return a client of the cluster at the address, or of one made here on loopback."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UserError(
            "executor", "dask", "an executor that is installed: pip install 'povsim[cluster]'"
        ) from None
    dask.config.set({"distributed.scheduler.allowed-failures": 10})
    if executor.address is None:
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")
        cluster = LocalCluster(
            n_workers=executor.workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
        )
        return Client(cluster)
    try:
        return Client(executor.address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(
            "executor.address",
            executor.address,
            f"the address of a running Dask scheduler ({type(error).__name__})",
        ) from None
