"""A file of a finished study that is missing or damaged is one line and exit code 2."""

import shutil

import pytest

from povsim.cli import main
from povsim.report.pages.search import FILES as SEARCH
from povsim.report.results.study import FILES as STUDY
from povsim.report.results.sweep import FILES as SWEEP


def told(folder, capsys):
    assert main(["report", str(folder)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize("content", ["", "{", "a,b\n1,2\n"])
@pytest.mark.parametrize("name", [*STUDY, "falls.parquet"])
def test_a_damaged_file_of_a_study_is_named(name, content, copied, capsys):
    (copied / name).write_text(content)
    line = told(copied, capsys)
    assert f"report={copied}: {name} is damaged" in line and "--out" in line


@pytest.mark.parametrize("name", STUDY)
def test_a_missing_file_of_a_study_is_named(name, copied, capsys):
    (copied / name).unlink()
    assert name in told(copied, capsys)


@pytest.mark.parametrize("content", ["{", "a,b\n1,2\n"])
@pytest.mark.parametrize("name", [*SWEEP, "failures.json"])
def test_a_damaged_file_of_a_sweep_is_named(name, content, sweeps, tmp_path, capsys):
    folder = shutil.copytree(sweeps["sign_map"], tmp_path / "s")
    (folder / name).write_text(content)
    assert f"{name} is damaged" in told(folder, capsys)


@pytest.mark.parametrize("name", [n for n in SEARCH if n != "futures.csv"] + ["failures.json"])
def test_a_damaged_file_of_a_search_is_named(name, searched, tmp_path, capsys):
    folder = shutil.copytree(searched, tmp_path / "s")
    (folder / name).write_text("{")
    assert f"{name} is damaged" in told(folder, capsys)


def test_a_damaged_check_is_named(checked, tmp_path, capsys):
    folder = shutil.copytree(checked, tmp_path / "c")
    (folder / "checks" / "stress" / "annual.parquet").write_text("{")
    assert "annual.parquet is damaged" in told(folder, capsys)
