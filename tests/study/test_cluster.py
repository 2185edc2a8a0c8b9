"""A Dask cluster that was started by hand gives the bytes of one process."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from povsim.config import compose
from povsim.study import run_many, run_study
from povsim.study.runs.executors import Executor
from tests.study import stubs
from tests.study.conftest import TINY
from tests.study.test_executors import specs_of

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Start a scheduler and two workers on loopback, and end them and nothing else."""
    home = tmp_path_factory.mktemp("cluster")
    note = home / "scheduler.json"
    tell = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(note)]
    alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(home)]
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root, stubs.MARK: str(home / "mark")}
    with (home / "log").open("w") as log:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *tell, *more],
                env=env,
                stdout=log,
                stderr=log,
            )
            for kind, more in [("scheduler", ["--port", "0"]), *[("worker", alone)] * 2]
        ]
    from distributed import Client

    while not note.exists():
        with pytest.raises(subprocess.TimeoutExpired):
            started[0].wait(0.02)
    with Client(scheduler_file=str(note), timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
        where = client.scheduler.address
    yield where
    for process in reversed(started):
        process.kill()
        process.wait()


def test_a_cluster_gives_the_bytes_of_one_process(finished, address, tmp_path):
    words = ["executor=dask", f"executor.address={address}"]
    again = run_study(compose([*TINY, *words]), tmp_path)
    for name in ("effects.csv", "ledger.csv", "verdicts.csv", "annual.parquet", "falls.parquet"):
        assert (finished.folder / name).read_bytes() == (again.folder / name).read_bytes(), name
    own, other = (pd.read_csv(s.folder / "runs.csv") for s in (finished, again))
    pd.testing.assert_frame_equal(own.drop(columns="seconds"), other.drop(columns="seconds"))


def test_a_worker_of_a_cluster_that_is_killed_loses_nothing(address, tmp_path):
    specs = specs_of(range(1, 13))
    executor = Executor("dask", 1, address)
    runner = stubs.seed_three_dies_once
    found = run_many(specs, folder=tmp_path, runner=runner, executor=executor)
    assert [(o.seed, o.status) for o in found] == [(s.seed, "ok") for s in specs]
