"""The table on the screen can be read, however many arms there are."""

import io
from dataclasses import replace

import pandas as pd
import pytest
from rich.console import Console

from povsim.report.pages.screen import print_summary, residual_line
from povsim.report.results.study import read
from povsim.words.glossary import Glossary


@pytest.fixture
def results(finished):
    return read(finished.folder)


def screen(results, language="en", width=80):
    console = Console(file=io.StringIO(), width=width)
    print_summary(results, language, console)
    return console.file.getvalue()


def with_arms(results, count):
    """Return the study with copies of one arm, until it has ``count``."""
    names = [f"arm_{i}" for i in range(count - len(results.arms))]
    model = results.effects[results.effects["scenario"] == "mixed"]
    more = [model.assign(scenario=name) for name in names]
    titles = {name: {"en": f"Another arm {i}", "zh": f"方案{i}"} for i, name in enumerate(names)}
    off = results.manifest["cost_residual"] | dict.fromkeys(names, -0.0000001)
    manifest = {**results.manifest, "cost_residual": off}
    manifest["scenarios"] = {**manifest["scenarios"], **titles}
    return replace(results, effects=pd.concat([results.effects, *more]), manifest=manifest)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_many_arms_each_has_a_row_with_numbers(results, language):
    lines = screen(with_arms(results, 29), language).splitlines()
    name = {"en": "Another arm", "zh": "方案"}[language]
    rows = [line for line in lines if line.startswith("│") and name in line]
    assert len(rows) == 29 - len(results.arms)
    for row in rows:
        cells = [cell.strip(" │") for cell in row.split("│")[2:-1]]
        assert len(cells) >= 3 and all(cells)
        assert row.endswith("│")  # nothing is cut off at the edge of the screen
    assert max(map(len, lines)) <= 80


def test_few_arms_stand_side_by_side_with_their_intervals(results):
    text = screen(results, width=120)
    assert " … " in text
    assert "Mean income (yuan)" in text
    assert "against" in text and "*" not in text


def test_costs_that_are_equal_take_one_short_line(results):
    words = Glossary("en", results.titles)
    told = residual_line(with_arms(results, 29), words)
    assert told.startswith("Cost residual: within 0.") and len(told) < 40
    assert "Another arm" not in told and "0.000" not in told


def test_an_arm_that_costs_more_is_named(results):
    many = with_arms(results, 8)
    many.manifest["cost_residual"]["arm_1"] = -0.0243
    told = residual_line(many, Glossary("en", many.titles))
    assert told.endswith("Another arm 1 −2.430%")
    assert "Another arm 2" not in told


@pytest.mark.parametrize(("language", "said"), [("en", "not run"), ("zh", "未运行")])
def test_an_expectation_beyond_the_run_is_not_called_inconclusive(results, language, said):
    words = " ".join(screen(results, language, width=300).split())
    count = int(results.verdicts["observed"].str.startswith("not run").sum())
    assert count > 0
    assert f"{count} {said}" in words or f"{said}{count}项" in words
