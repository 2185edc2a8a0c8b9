"""Everything that there is can be described in both languages."""

from pathlib import Path

import pytest
import yaml

from povsim.cli import main
from povsim.cli.glossary import measures
from povsim.programmes.cards import available
from povsim.report.glossary import entries
from povsim.units import in_chinese

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_programme_is_described(language, capsys):
    for name in available():
        assert main(["describe", name, "--language", language]) == 0
        assert f"programmes.{name}." in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_measure_is_defined_with_unit_and_direction(language, capsys):
    for name in measures():
        assert main(["describe", name, "--language", language]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) >= 5, name
        assert all(line.split(":", 1)[1].strip() for line in lines[1:5]), name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_part_of_the_population_is_described(language, capsys):
    parts = {*entries()["groups"], *entries()["regions"]}
    assert parts == set(entries()["parts"])
    for name in parts:
        assert main(["describe", name, "--language", language]) == 0
        assert entries()["parts"][name][language] in capsys.readouterr().out


def test_an_experiment_is_read_in_chinese(capsys):
    assert main(["describe", "leverage_vs_transfers", "--language", "zh"]) == 0
    text = capsys.readouterr().out
    for english in ("question:", "hypotheses:", "expected:", "falsifier:", "outcomes:"):
        assert english not in text


def test_measures_are_listed_with_their_unit(capsys):
    assert main(["list", "measures"]) == 0
    assert "Gini coefficient  [index]" in capsys.readouterr().out


def test_every_falsifier_is_told_in_chinese():
    told = entries()["falsifiers"]
    for path in (ROOT / "experiments").glob("*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        for hypothesis in content.get("hypotheses", ()):
            assert hypothesis["falsifier"] in told, path.name


def test_units_are_told_in_chinese():
    assert in_chinese("yuan/person/year") == "元/人·年"
    assert in_chinese("share") == "比例"
    assert in_chinese("1/year") == "1/年"
    assert in_chinese("2 yuan/household") == "2 元/户"
