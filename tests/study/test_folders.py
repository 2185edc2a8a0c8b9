"""One study at a time writes into a folder; what it left can be copied."""

import os
import signal
import subprocess
import sys

import pytest

from povsim.cli import main
from povsim.errors import UserError
from povsim.study.runs.folders import copy_files, only_study_in

SMALL = ["households=300", "years=1", "seeds=1", "workers=1"]
HOLDER = """
import sys, time
from pathlib import Path
from povsim.study.runs.folders import only_study_in
with only_study_in(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    """Return another process that holds the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    "words",
    [
        ["run", "scenario=hold"],
        ["sweep", "design=lhs", "n=2"],
        ["search"],
    ],
)
def test_a_folder_that_another_study_writes_into_is_one_line(words, holder, tmp_path, capsys):
    assert main([*words, *SMALL, "--out", str(tmp_path)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert f"out={tmp_path}" in told[0] and "no other study is writing into" in told[0]
    assert not (tmp_path / "runs").exists()


def test_a_lock_ends_with_a_killed_process(holder, tmp_path):
    with pytest.raises(UserError), only_study_in(tmp_path):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(30)
    with only_study_in(tmp_path):
        pass


def test_a_folder_is_free_again_after_a_mistake(tmp_path):
    with pytest.raises(KeyError), only_study_in(tmp_path):
        raise KeyError
    with only_study_in(tmp_path), pytest.raises(UserError), only_study_in(tmp_path):
        pass


def test_tables_are_copied_without_runs_and_marks(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "copy"
    (home / "runs").mkdir(parents=True)
    for name in (".lock", "points.csv"):
        (home / name).write_text("1")
    assert copy_files(home, folder) == folder
    assert [file.name for file in folder.iterdir()] == ["points.csv"]
    assert copy_files(home, home) == home
