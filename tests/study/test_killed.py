"""A study that is killed or stopped goes on where it was, and ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import psutil
import pytest

import povsim

ARMS = ["hold", "direct_transfers", "fiscal_leverage"]
TABLES = ("annual.parquet", "falls.parquet", "ledger.csv", "points.csv", "sensitivity.csv")


def sweep_in(folder):
    return povsim.sweep(
        ARMS,
        ["hazards.illness_rate"],
        n=4,
        seeds=2,
        years=1,
        overrides=["households=300"],
        workers=1,
        folder=folder,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    sweep_in(folder)
    return folder


def finished(folder):
    return {p.name: p.stat().st_mtime_ns for p in (folder / "runs").glob("*.run")}


def start(folder):
    words = ["sweep", "vary=[hazards.illness_rate]", "n=4", "seeds=2", "years=1"]
    words += ["households=300", "workers=2", f"experiment.baseline={ARMS[0]}"]
    words += [f"experiment.scenarios=[{','.join(ARMS)}]", "experiment.reference=null"]
    words += ["experiment.hypotheses=[]", "--out", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "povsim", *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )


def family_after(process, folder, count):
    """Return a process and its workers as soon as ``count`` runs are finished."""
    while len(finished(folder)) < count:
        with pytest.raises(subprocess.TimeoutExpired):  # it must not end before
            process.wait(0.01)
    return psutil.Process(process.pid).children(recursive=True)


def assert_equal(folder, whole):
    for name in TABLES:
        assert (folder / name).read_bytes() == (whole / name).read_bytes(), name
    own, other = (pd.read_csv(f / "runs.csv").drop(columns="seconds") for f in (folder, whole))
    pd.testing.assert_frame_equal(own, other)


def test_a_sweep_that_is_killed_twice_ends_like_one_that_was_not(whole, tmp_path):
    before = {}
    for count in (3, 9):
        process = start(tmp_path)
        family = family_after(process, tmp_path, count)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        _, alive = psutil.wait_procs(family, timeout=30)
        assert not alive, "workers outlived their parent"
        now = finished(tmp_path)
        assert before.items() <= now.items(), "a finished run was run again"
        before = now
    sweep_in(tmp_path)
    assert before.items() <= finished(tmp_path).items()
    assert set(finished(tmp_path)) == set(finished(whole))
    assert_equal(tmp_path, whole)


@pytest.mark.parametrize(
    ("send", "number", "code"),
    [
        (os.killpg, signal.SIGINT, 130),
        (os.killpg, signal.SIGTERM, 143),
        (os.kill, signal.SIGTERM, 143),
    ],
)
def test_a_signal_ends_cleanly_and_says_how_to_go_on(send, number, code, whole, tmp_path):
    process = start(tmp_path)
    family = family_after(process, tmp_path, 3)
    send(process.pid, number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code
    _, alive = psutil.wait_procs(family, timeout=30)
    assert not alive
    last = told.strip().splitlines()[-1]
    assert last.startswith("povsim: stopped; ")
    assert "; to resume: povsim " in last and last.endswith(f"--out {tmp_path}")
    assert "Traceback" not in told
    kept = finished(tmp_path)
    assert set(kept) < set(finished(whole)), "what is kept is part of the whole"


def test_nothing_is_said_of_what_a_stopped_pool_left_behind():
    script = "from povsim.machine.processes import context; left = context().Lock()"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}; import os; os._exit(0)"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_script_without_a_main_guard_is_not_run_in_every_worker(tmp_path):
    script = Path(tmp_path / "mine.py")
    script.write_text(
        "import povsim\n"
        "print('here')\n"
        "study = povsim.compare(['hold', 'direct_transfers'], seeds=2, years=1,\n"
        "                       overrides=['households=300'], workers=2, quiet=True)\n"
        "print(study.failed, len(study.runs))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split("\n") == ["here", "0 4", ""], done.stderr
