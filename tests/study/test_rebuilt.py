"""The same command with the same folder puts damaged files right, without finished runs."""

import json
import shutil
from pathlib import Path

import pytest

from povsim.config import compose
from povsim.config.grammar import beneath
from povsim.config.plans import compose_sweep
from povsim.errors import UserError
from povsim.study import run_study, run_sweep
from povsim.study.runs import executors

SMALL = ["scenario=hold", "households=300", "years=1", "seeds=2", "workers=1"]
MARKS = (".lock", "store.json", "study.json")
TIMES = ("wall_seconds", "run_seconds", "files", "git")


def compared(folder, more=()):
    return run_study(compose(beneath(SMALL, more)), folder)


def swept(folder, more=()):
    request, plan = compose_sweep([*beneath(SMALL, more), "vary=[hazards.illness_rate]", "n=2"])
    return run_sweep(request, plan, folder)


@pytest.fixture(scope="module", params=[compared, swept], ids=["run", "sweep"])
def whole(request, tmp_path_factory):
    """Return a kind of study and the folder of a finished one."""
    folder = tmp_path_factory.mktemp("whole")
    request.param(folder)
    return request.param, folder


@pytest.fixture
def harmed(whole, tmp_path, monkeypatch):
    """Return a study, the folder of a whole one, and a copy to harm in which no run is made."""
    study, folder = whole
    monkeypatch.setattr(executors, "run_and_keep", None)
    return study, folder, Path(shutil.copytree(folder, tmp_path / "c"))


def files_of(folder):
    return [f.name for f in folder.iterdir() if f.is_file() and f.name not in MARKS]


def contents(folder):
    return {
        name: (folder / name).read_bytes() for name in files_of(folder) if name != "manifest.json"
    }


def manifest(folder):
    found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {name: value for name, value in found.items() if name not in TIMES}


def other(path):
    """Put a folder that holds something where a file was."""
    path.unlink()
    path.mkdir()
    (path / "mine").write_text("kept")


HARMS = {
    "empty": lambda path: path.write_bytes(b""),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "garbage": lambda path: path.write_bytes(b"\x00\xff{"),
    "deleted": Path.unlink,
    "a folder": other,
}


@pytest.mark.parametrize("harm", list(HARMS))
def test_every_damaged_file_is_written_again(harm, harmed):
    study, whole, folder = harmed
    for name in files_of(whole):
        HARMS[harm](folder / name)
    study(folder)
    assert contents(folder) == contents(whole)
    assert manifest(folder) == manifest(whole)
    if harm == "a folder":
        assert (folder / "manifest.json.unreadable" / "mine").read_text() == "kept"


@pytest.mark.parametrize("harm", list(HARMS))
@pytest.mark.parametrize("mark", ["store.json", "study.json"])
def test_a_damaged_mark_beside_the_runs_is_no_end(mark, harm, harmed):
    study, whole, folder = harmed
    HARMS[harm](folder / "runs" / mark)
    study(folder)
    assert contents(folder) == contents(whole)
    assert json.loads((folder / "runs" / mark).read_text(encoding="utf-8"))


@pytest.mark.parametrize("harm", ["garbage", "deleted"])
def test_a_study_whose_manifest_is_damaged_is_not_overwritten_by_another(harm, harmed):
    study, _, folder = harmed
    HARMS[harm](folder / "manifest.json")
    for more in (["years=2"], ["seeds=1"]):
        with pytest.raises(UserError, match="holds the"):
            study(folder, more)
    assert "runs.csv" in files_of(folder)


@pytest.mark.parametrize("harm", list(HARMS))
def test_only_a_damaged_run_is_run_again_and_it_is_said(harm, whole, tmp_path, capsys):
    study, first = whole
    folder = Path(shutil.copytree(first, tmp_path / "c"))
    run, *others = sorted((folder / "runs").glob("*.run"))
    before = {path: path.stat().st_mtime_ns for path in others}
    HARMS[harm](run)
    study(folder)
    assert {path: path.stat().st_mtime_ns for path in others} == before
    assert ("1 run file could not be read" in capsys.readouterr().err) == (harm != "deleted")
    own, theirs = contents(folder), contents(first)
    assert {n for n in own if own[n] != theirs[n]} <= {"runs.csv"}  # it holds seconds
