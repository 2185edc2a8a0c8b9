"""Where runs are run: one after another, on a pool of processes, on a Dask cluster.

Every executor takes the same list of runs and the same folder. The process that runs a
specification writes its file; what comes back is a receipt, so memory here stays flat. Runs of one
population go to one worker, a batch at a time, because drawing people takes longer than running
them.
"""

import errno
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from povsim.errors import UserError, said
from povsim.machine.processes import ONE_THREAD, begin, context, end, undisturbed, without_main
from povsim.study.runs.spec import Outcome, RunSpec
from povsim.study.runs.store import Store

Runner = Callable[[RunSpec], Outcome]
KINDS = ("processes", "serial", "dask")
AHEAD = 4
"""Batches that wait at each worker, so that none is idle and few are held here."""
LARGEST_BATCH = 8
"""Runs of one batch at most; its receipts come together."""


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
    """What the parent hears of a run; the rest is in its file.

    Attributes
    ----------
    unkept : int
        Number of the system's error if the run could not be kept, else 0.
    """

    run_id: str
    status: str
    error: str
    seconds: float
    unkept: int = 0


def run_and_keep(spec: RunSpec, run_id: str, folder: Path, runner: Runner) -> Receipt:
    """Run a specification, write its file, and return the receipt.

    A file that cannot be written is a failed run, told in its receipt; so is a run
    made by other code than that of the process that asked for it.
    """
    outcome = runner(spec)
    if outcome.run_id != run_id:
        return Receipt(run_id, "failed", OTHER_CODE, outcome.seconds)
    try:
        Store(folder).save(outcome)
    except OSError as failure:
        error = f"the run could not be written: {failure.strerror}"
        return Receipt(run_id, "failed", error, outcome.seconds, failure.errno or errno.EIO)
    return Receipt(run_id, outcome.status, outcome.error, outcome.seconds)


Batch = list[RunSpec]


def run_batch(batch: Batch, run_ids: list[str], folder: Path, runner: Runner) -> list[Receipt]:
    """Run specifications one after another; those that are there already are not run again."""
    found = (kept(spec, run_id, folder) for spec, run_id in zip(batch, run_ids, strict=True))
    return [
        receipt or run_and_keep(spec, run_id, folder, runner)
        for spec, run_id, receipt in zip(batch, run_ids, found, strict=True)
    ]


def kept(spec: RunSpec, run_id: str, folder: Path) -> Receipt | None:
    """Return the receipt of a run that is in the store, else None."""
    found = Store(folder).read(run_id)
    return None if found is None else Receipt(run_id, "ok", "", float(found[0]["seconds"]))


def batches(specs: Sequence[RunSpec], workers: int) -> list[Batch]:
    """Return runs in batches of one population, in order.

    Batches left over when all workers have had as many as each other are split, so that no worker
    is idle at the end.
    """
    whole: list[Batch] = []
    for spec in specs:
        first = whole[-1][0] if whole else None
        if (
            first is not None
            and len(whole[-1]) < LARGEST_BATCH
            and (first.seed, first.world) == (spec.seed, spec.world)
        ):
            whole[-1].append(spec)
        else:
            whole.append([spec])
    over = len(whole) % workers
    if not over:
        return whole
    pieces = -(-workers // over)
    return whole[:-over] + [part for batch in whole[-over:] for part in _split(batch, pieces)]


def _split(batch: Batch, pieces: int) -> list[Batch]:
    size = -(-len(batch) // pieces)
    return [batch[i : i + size] for i in range(0, len(batch), size)]


OTHER_CODE = "the worker has another version of povsim"


def execute(
    specs: Sequence[RunSpec], folder: Path, executor: Executor, runner: Runner
) -> Generator[Receipt]:
    """Yield receipts as runs end, in any order."""
    if executor.kind == "dask":
        return _dask(specs, folder, executor, runner)
    if executor.kind == "serial" or executor.workers <= 1 or len(specs) <= 1:
        return (run_and_keep(spec, spec.run_id(), folder, runner) for spec in specs)
    return _processes(specs, folder, executor.workers, runner)


def _processes(
    specs: Sequence[RunSpec], folder: Path, workers: int, runner: Runner
) -> Generator[Receipt]:
    """Yield receipts from a pool; runs of a worker that died are run again, one at a time.

    Which run killed the worker nobody knows; the one that kills a worker that has no other is a
    failed run, and all others go on.
    """
    waiting = deque(batches(specs, workers))
    while waiting:
        lost = yield from _on_pool(waiting, folder, workers, runner, AHEAD)
        doubtful = deque([spec] for batch in lost for spec in batch)
        while doubtful:
            for (spec,) in (yield from _on_pool(doubtful, folder, 1, runner, 1)):
                yield kept(spec, spec.run_id(), folder) or Receipt(
                    spec.run_id(), "failed", "the worker died (out of memory?)", 0.0
                )


def _on_pool(
    waiting: deque[Batch], folder: Path, workers: int, runner: Runner, ahead: int
) -> Generator[Receipt, None, list[Batch]]:
    """Yield receipts until nothing waits or a worker dies; return batches that it may have had."""
    pool = _pool(min(workers, len(waiting)))
    running: dict[Future[list[Receipt]], Batch] = {}
    broken = False
    try:
        while (waiting or running) and not broken:
            while waiting and len(running) < ahead * workers and not broken:
                batch = waiting[0]
                ids = [spec.run_id() for spec in batch]
                try:
                    with undisturbed(), _without_main(runner):
                        future = pool.submit(run_batch, batch, ids, folder, runner)
                except BrokenProcessPool:
                    broken = True
                else:
                    running[future] = waiting.popleft()
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True
                else:
                    del running[future]
                    yield from future.result()
        return list(running.values())
    finally:
        end(pool)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of workers that end with this process."""
    return ProcessPoolExecutor(workers, mp_context=context(), initializer=begin)


@contextmanager
def _without_main(runner: Runner) -> Iterator[None]:
    """Keep workers from importing the user's script, unless the runner is in it."""
    with nullcontext() if runner.__module__ == "__main__" else without_main():
        yield


def _dask(
    specs: Sequence[RunSpec], folder: Path, executor: Executor, runner: Runner
) -> Generator[Receipt]:
    """Yield receipts from a Dask cluster that sees the same folder."""
    client = _client(executor)
    from distributed import as_completed

    def submit(batch: Batch) -> Any:
        ids = [spec.run_id() for spec in batch]
        return client.submit(run_batch, batch, ids, folder, runner, pure=False)

    try:
        workers = max(1, sum(client.nthreads().values()))
        waiting = iter(batches(specs, workers))
        at_work: dict[str, Batch] = {}
        queue = as_completed()

        def feed(count: int) -> None:
            for batch in islice(waiting, count):
                future = submit(batch)
                at_work[future.key] = batch
                queue.add(future)

        feed(AHEAD * workers)
        for future in queue:
            yield from _receipts_of(future, at_work.pop(future.key), folder)
            feed(1)
    finally:
        client.close()
        if client.cluster is not None:
            client.cluster.close()


def _receipts_of(future: Any, batch: Batch, folder: Path) -> list[Receipt]:
    """Return what a Dask worker says, or that it could not say anything."""
    if future.status == "finished":
        receipts: list[Receipt] = future.result()
        return receipts
    failure = "the cluster gave the run up" if future.cancelled() else future.exception()
    text = " ".join(f"Dask: {failure}".split())
    return [
        kept(spec, spec.run_id(), folder) or Receipt(spec.run_id(), "failed", text, 0.0)
        for spec in batch
    ]


CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""


def _client(executor: Executor) -> Any:
    """Return a client of the cluster at the address, or of one made here on loopback."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise UserError("executor", "dask", said("installed_executor")) from None
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
        return Client(executor.address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        rule = said("dask_address", reason=type(error).__name__)
        raise UserError("executor.address", executor.address, rule) from None
