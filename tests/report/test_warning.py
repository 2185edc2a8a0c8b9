"""Early-warning operations: shown where there is the programme, year by year, with their cost."""

import pytest

from povsim.config import compose
from povsim.report.results.study import read
from povsim.report.sections.warning import SHOWN, operations, warning_arms, warning_finding
from povsim.study import run_study
from povsim.words.glossary import Glossary

ASKED = [
    "experiment=early_warning",
    "experiment.scenarios=[cash_only,default,scans_only]",
    "experiment.hypotheses=[]",
    "households=600",
    "years=3",
    "seeds=2",
    "workers=1",
]


@pytest.fixture(scope="module")
def warned(tmp_path_factory):
    return read(run_study(compose(ASKED), tmp_path_factory.mktemp("warned") / "out").folder)


@pytest.fixture(scope="module")
def grid(warned):
    return operations(warned, Glossary("en", warned.titles))


def test_only_arms_with_the_programme_are_shown_in_first_middle_and_last_year(warned, grid):
    assert warning_arms(warned) == ["default", "scans_only"]
    assert [line.name for line in grid.lines] == ["2021", "2022", "2023"] * 2
    assert [line.of for line in grid.lines if line.of] == ["Officers and scans", "Scans only"]


def test_cost_a_case_is_what_the_ledger_says_over_new_cases(warned, grid):
    table = warned.ledger
    mine = table[(table["scenario"] == "default") & (table["programme"] == "early_warning")]
    spent = mine[(mine["year"] == 2021) & (mine["use"] != "unspent")]["amount_yuan"].sum() / 2
    cases = warned.by_seed("warning_cases", "default", 2021).mean()
    assert grid.lines[0].cells[-1].text == f"{spent / cases:,.0f}"


def test_scans_without_officers_have_no_workload(warned, grid):
    column = SHOWN.index("warning_officer_load")
    assert grid.lines[0].cells[column].text != "–"
    assert all(line.cells[column].text == "–" for line in grid.lines[3:])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_finding_names_the_arms(warned, language):
    words = Glossary(language, warned.titles)
    said = warning_finding(warned, words)
    assert words.quoted("default") in said
    assert "%" in said


def test_a_study_without_the_programme_has_no_operations(finished):
    results = read(finished.folder)
    assert operations(results, Glossary("en", results.titles)) is None
    assert warning_finding(results, Glossary("en", results.titles)) == ""
