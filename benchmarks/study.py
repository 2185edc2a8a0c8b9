"""Measure what a study costs beside its simulation, and what a second process gains.

Throughput of one and of two processes is taken in alternation, so that a machine that is busy
with other work is equally busy for both; ratios and medians are what to quote.

    python benchmarks/study.py --runs 200 --rounds 5
"""

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path

from povsim.config import compose
from povsim.study.comparison.study import run_study
from povsim.study.runs.executors import Executor
from povsim.study.runs.gather import gather_runs
from povsim.study.runs.runner import run_missing
from povsim.study.runs.spec import Outcome, RunSpec, run_one
from povsim.study.runs.store import Store


def measure(workers: int, runs: int, households: int, years: int) -> tuple[float, float]:
    """Return wall seconds of a study, and seconds of its runs added up."""
    request = compose(
        [
            "scenario=hold",
            f"households={households}",
            f"years={years}",
            f"seeds={runs}",
            f"workers={workers}",
        ]
    )
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        study = run_study(request, Path(folder) / "study")
        wall = time.perf_counter() - started
    if study.failed:
        raise SystemExit(f"{study.failed} runs failed")
    return wall, float(study.runs["seconds"].sum())


def processor_time(runs: int, households: int, years: int) -> float:
    """Return milliseconds of a processor that a run takes beside its simulation, in one process.

    Keeping and gathering are in it. Time of the processor, unlike time of the clock, is steady on
    a machine that is busy with other work.
    """
    request = compose(["scenario=hold", f"households={households}", f"years={years}"])
    simulated = 0.0

    def timed(spec: RunSpec) -> Outcome:
        nonlocal simulated
        started = time.process_time()
        outcome = run_one(spec)
        simulated += time.process_time() - started
        return outcome

    started = time.process_time()
    specs = [RunSpec(request.world, request.scenario, s, 12 * years) for s in range(runs)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "runs").open()
        receipts = run_missing(specs, store, Executor("serial"), runner=timed)
        gather_runs(specs, store, receipts, Path(folder))
    return 1000.0 * (time.process_time() - started - simulated) / runs


def main() -> None:
    """Print medians over rounds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--households", type=int, default=3000)
    parser.add_argument("--years", type=int, default=5)
    asked = parser.parse_args()
    size = (asked.runs, asked.households, asked.years)
    measure(1, 4, asked.households, asked.years)  # compiles
    ratios, over = [], {1: [], 2: []}
    own = []
    for _ in range(asked.rounds):
        own.append(processor_time(*size))
        walls = {}
        for workers in (1, 2):
            wall, simulated = measure(workers, *size)
            walls[workers] = wall
            over[workers].append(1000.0 * (wall * workers - simulated) / asked.runs)
        ratios.append(walls[1] / walls[2])
    label = "beside the simulation, by the processor"
    print(f"{label:<52}{statistics.median(own):.1f} ms a run")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    print(f"{'runs, households, years':<52}{size}")
    print(f"{'throughput of two processes over one':<52}{statistics.median(ratios):.2f} times")
    print(f"{'  lowest and highest':<52}{min(ratios):.2f} … {max(ratios):.2f}")
    for workers, found in over.items():
        label = (
            f"beside the simulation, by the clock, {workers} process{'es' if workers > 1 else ''}"
        )
        print(f"{label:<52}{statistics.median(found):.1f} ms of a core a run")
    print(f"{'peak memory of the parent':<52}{peak:.0f} MB")


if __name__ == "__main__":
    main()
