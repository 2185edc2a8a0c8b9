"""A command line with names of any kind does what it says, or says in one line what is wrong."""

import pytest

from povsim.cli import main

SCENARIO = "title: 我的 $5\nprogrammes: {dibao: }\n"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    folder = tmp_path / "我的 文件夹"
    (folder / "scenarios").mkdir(parents=True)
    for name in ("我的方案", "null", "2021"):
        (folder / "scenarios" / f"{name}.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return folder


@pytest.mark.parametrize("name", ["我的方案", "null", "2021"])
def test_a_scenario_of_ones_own_is_described_by_its_name(name, mine, capsys):
    assert main(["describe", name, "--config-dir", str(mine)]) == 0
    assert f"{name}  我的 $5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["scenario=我的方按"], "nearest: 我的方案"),
        (["scenario=2O21"], "nearest: 2021"),
        (["scenario=我的方案", "out=\udcbd\udce1"], "these bytes are no text in UTF-8"),
        (["scenario=我的方案", "hazards.illness_rate=${oc.env:HOME}"], "${oc.env:HOME}"),
        (["scenario＝null", "households=0"], "households=0; allowed: a whole number"),
        (["experiment.scenarios=[hold，mixed]"], "scenario=hold，mixed; "),
    ],
)
def test_what_is_wrong_is_one_line(words, told, mine, capsys):
    assert main(["run", "--config-dir", str(mine), *words]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert told in line
    assert not list(mine.parent.joinpath("here").iterdir())


def test_results_go_where_the_text_says(mine, capsys):
    words = ["scenario=我的方案", "households=200", "years=1", "seeds=1", "workers=1"]
    assert main(["run", "--config-dir", str(mine), *words, "out=结果 (1), $HOME"]) == 0
    home = mine.parent / "here" / "结果 (1), $HOME"
    assert (home / "report.html").is_file()
    assert "我的 $5" in (home / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: x\n", "population mine: strata is missing"),
        ("title: {cn: x}\n", "language of title=cn; allowed: en, zh"),
        ("title: x\nstrata: 3\n", "population mine: strata, households and targets are needed"),
        ("- a\n", "population mine, line 1: a mapping of keys to values is needed"),
        ("", "population mine: strata is missing"),
    ],
)
def test_a_population_that_is_none_is_told_before_any_run(text, told, mine, capsys):
    (mine / "configs" / "population").mkdir(parents=True)
    (mine / "configs" / "population" / "mine.yaml").write_text(text)
    assert main(["run", "--config-dir", str(mine), "population=mine", "scenario=hold"]) == 2
    assert told in capsys.readouterr().err
