"""Everything that there is can be described in both languages."""

from pathlib import Path

import pytest
import yaml

from povsim.cli import main
from povsim.cli.settings import setting_names
from povsim.config import compose
from povsim.measures.catalogue import measures
from povsim.params import GROUPS
from povsim.programmes.cards import available
from povsim.words.glossary import entries

ROOT = Path(__file__).parents[2]

NO_KEYS = ("choices", "programmes", "scenarios")
"""Parts of a composed configuration that are no keys of their own."""


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


def test_every_falsifier_is_told_in_both_languages():
    told = entries()["falsifiers"]
    for path in (ROOT / "experiments").glob("*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        for hypothesis in content.get("hypotheses", ()):
            falsifier = hypothesis["falsifier"]
            own = falsifier if isinstance(falsifier, dict) else told[falsifier]
            assert own["en"] and own["zh"], path.name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_key_that_run_takes_is_described(language, capsys):
    tree = compose(["scenario=hold"]).resolved
    plain = [key for key in tree if key not in (*GROUPS, *NO_KEYS)]
    nested = [f"{key}.{name}" for key in ("search", "executor") for name in tree[key]]
    for name in dict.fromkeys([*plain, *nested, *setting_names(), "hazards.illness_rate"]):
        few = ["households=300"] if name == "population" else []  # which is drawn to be described
        assert main(["describe", name, *few, "--language", language]) == 0, name
        assert len(capsys.readouterr().out.splitlines()) >= 2, name


@pytest.mark.parametrize("before", ["", "scenario."])
def test_a_number_of_a_card_is_described_by_its_key(before, capsys):
    assert main(["describe", f"{before}programmes.dibao.standard"]) == 0
    text = capsys.readouterr().out
    assert "programmes.dibao.standard = " in text and "range 0 - 20000" in text
    assert "take_up" not in text


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("programmes.dibao.standrd", "programmes.dibao.standard"),
        ("programmes.dibaoo", "programmes.dibao"),
        ("hazards.ilness_rate", "hazards.illness_rate"),
        ("yaers", "years"),
    ],
)
def test_a_key_that_there_is_not_names_the_nearest(name, near, capsys):
    assert main(["describe", name]) == 2
    told = capsys.readouterr().err.strip()
    assert f"describe={name}; allowed: {near}, " in told
    assert told.endswith(f"nearest: {near}")
