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
from povsim.study.study import run_study


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
    for _ in range(asked.rounds):
        walls = {}
        for workers in (1, 2):
            wall, simulated = measure(workers, *size)
            walls[workers] = wall
            over[workers].append(1000.0 * (wall * workers - simulated) / asked.runs)
        ratios.append(walls[1] / walls[2])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    print(f"{'runs, households, years':<44}{size}")
    print(f"{'throughput of two processes over one':<44}{statistics.median(ratios):.2f} times")
    print(f"{'  lowest and highest':<44}{min(ratios):.2f} … {max(ratios):.2f}")
    for workers, found in over.items():
        label = f"beside the simulation, {workers} process{'es' if workers > 1 else ''}"
        print(f"{label:<44}{statistics.median(found):.1f} ms of a core a run")
    print(f"{'peak memory of the parent':<44}{peak:.0f} MB")


if __name__ == "__main__":
    main()
