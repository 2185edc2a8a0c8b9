"""A file of a finished study that is missing or damaged is one line and exit code 2."""

import shutil
from pathlib import Path

import pytest

from povsim.cli import main
from povsim.report.pages.files import changes
from povsim.report.pages.search import FILES as SEARCH
from povsim.report.results.reading import changed_files, damaged, read_json
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


@pytest.mark.parametrize("harm", [lambda f: f.write_text("{"), Path.unlink])
def test_a_damaged_check_is_named_and_the_rest_of_the_page_is_there(
    harm, checked, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("povsim.report.figures.drawing._as_files", lambda _: (b"", b""))
    folder = shutil.copytree(checked, tmp_path / "c")
    harm(folder / "checks" / "stress" / "annual.parquet")
    assert "annual.parquet is damaged" in told(folder, capsys)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "annual.parquet is damaged" in page and "Under other theories" in page


def cut(path):
    """Take the last rows of a table away; it can still be read."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: len(lines) // 2 + 1]), encoding="utf-8")


def other_digit(path):
    text = path.read_text(encoding="utf-8")
    at = text.rindex("1")
    path.write_text(f"{text[:at]}2{text[at + 1 :]}", encoding="utf-8")


@pytest.mark.parametrize("harm", [cut, other_digit])
@pytest.mark.parametrize("name", ["effects.csv", "ledger.csv", "hazards.csv"])
def test_a_table_that_was_changed_is_said_on_the_page_and_beside_it(name, harm, copied, capsys):
    harm(copied / name)
    assert [name] == changed_files(copied, read_json(copied / "manifest.json"))
    assert changes(copied, read_json(copied / "manifest.json"), "zh")[0].startswith(f"{copied}：")
    assert f"{copied}：{name} 与研究写出时不一致" in capsys.readouterr().err


def test_a_changed_manifest_is_said_and_a_study_of_old_says_nothing(copied):
    manifest = read_json(copied / "manifest.json")
    assert changed_files(copied, manifest) == []
    assert changed_files(copied, manifest | {"households": 601}) == ["manifest.json"]
    assert changed_files(copied, {**manifest, "files": None}) == []


@pytest.mark.parametrize(
    ("config", "again"),
    [
        ("overrides: [scenario=hold, out=x]", "povsim run scenario=hold --out '{folder}'"),
        ("{verb: sweep, overrides: [n=2], options: {--config-dir: c}}", "sweep n=2 --config-dir c"),
        ("{", "the command that made it, with the same --out, writes it again"),
    ],
)
def test_the_command_that_mends_a_folder_is_told(config, again, tmp_path):
    home = tmp_path / "a b"
    home.mkdir()
    (home / "config.yaml").write_text(config)
    assert again.format(folder=home) in str(damaged(home / "runs.csv", "x"))
    if config != "{":
        check = home / "checks" / "stress" / "runs.csv"
        assert again.format(folder=home) in str(damaged(check, "x"))


@pytest.mark.parametrize("name", ["points.csv", "manifest.json"])
def test_a_sweep_is_known_without_one_of_its_files(name, sweeps, tmp_path, capsys):
    folder = shutil.copytree(sweeps["sign_map"], tmp_path / "s")
    (folder / name).unlink()
    assert f"{name} is damaged (missing)" in told(folder, capsys)
