"""Say before a long study how much is to run and how long it will take."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from povsim.study.runs.executors import Executor, Receipt, batches
from povsim.study.runs.runner import run_missing
from povsim.study.runs.spec import RunSpec
from povsim.study.runs.store import Store


@dataclass(frozen=True)
class Outlook:
    """What is still to run.

    Attributes
    ----------
    total : int
        Runs of the whole study: points, arms and seeds multiplied.
    left : int
        Runs that are not in the store yet; two that are the same count once.
    seconds : float
        How long those are expected to take, with the start of the processes.
    """

    total: int
    left: int
    seconds: float


def look_ahead(
    specs: Sequence[RunSpec], store: Store, executor: Executor
) -> tuple[Outlook, dict[str, Receipt]]:
    """Make a few runs first and return what they say about the others, and their receipts.

    The first run loads the model, which each process has to do once. The first run of another
    batch draws a population, the second takes it over, as the others of that batch will.
    """
    missing = list({s.run_id(): s for s in specs if not store.path(s.run_id()).exists()}.values())
    groups = batches(missing, 1)
    pilots = [spec for batch, count in zip(groups, (1, 2), strict=False) for spec in batch[:count]]
    receipts: dict[str, Receipt] = {}
    took = []
    for spec in pilots:
        started = time.perf_counter()
        receipts |= run_missing([spec], store, Executor("serial"), True)
        took.append(time.perf_counter() - started)
    left = len(missing) - len(pilots)
    per_batch = len(groups[1]) if len(groups) > 1 else 1
    seconds = expected(took, left, per_batch, 1 if executor.kind == "serial" else executor.workers)
    return Outlook(len(specs), left, seconds), receipts


def expected(took: Sequence[float], left: int, per_batch: int, workers: int) -> float:
    """Return the seconds that the runs left will take.

    Parameters
    ----------
    took : sequence of float
        Seconds of the first run, which loads the model; of one that draws a population; of one
        that finds it drawn. The last, or the last two, may be lacking.
    """
    if not left:
        return 0.0
    drawn = took[1] if len(took) > 1 else took[0]
    found = took[2] if len(took) > 2 else drawn
    each = (drawn + (per_batch - 1) * found) / per_batch
    return max(took[0] - drawn, 0.0) + each * left / max(1, workers)
