"""Equality within a margin, and what was not run."""

import pandas as pd
import pytest

from povsim.study.comparison.experiment import Experiment
from povsim.study.comparison.verdicts import verdicts

TEXT = {
    "title": {"en": "x", "zh": "x"},
    "question": {"en": "x", "zh": "x"},
    "baseline": "a",
    "scenarios": ["a", "b"],
}
EQUAL = {
    "id": "x",
    "statement": {"en": "x", "zh": "x"},
    "measure": "mean_income",
    "scenario": "b",
    "versus": "a",
    "year": 1,
    "expected": "=",
    "falsifier": "x",
}


def judged(differences, **changes):
    experiment = Experiment.from_mapping("x", TEXT | {"hypotheses": [EQUAL | changes]})
    rows = [
        {"scenario": s, "seed": i, "year": 2021, "group": "all", "region": "all"}
        | {"measure": "mean_income", "value": d if s == "b" else 0.0}
        for i, d in enumerate(differences)
        for s in ("a", "b")
    ]
    return verdicts(pd.DataFrame(rows), experiment, 2021).iloc[0]


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ([1.0, -1.0, 2.0, -2.0], "matched"),
        ([30.0, 31.0, 32.0, 30.0], "contradicted"),
        ([9.0, 10.0, 11.0, 12.0], "inconclusive"),
        ([50.0, -50.0, 40.0, -40.0], "inconclusive"),
    ],
)
def test_equality_is_judged_by_the_whole_interval(differences, verdict):
    assert judged(differences, margin=10.0)["verdict"] == verdict


def test_without_a_margin_only_no_difference_at_all_is_equal():
    assert judged([0.0, 0.0, 0.0])["verdict"] == "matched"
    assert judged([1.0, -1.0, 0.5])["verdict"] == "inconclusive"


def test_a_year_beyond_the_run_is_told():
    row = judged([1.0, 2.0], year=10)
    assert row["verdict"] == "inconclusive"
    assert row["observed"] == "not run (year 10, the run ends in year 1)"


def test_no_difference_at_all_meets_no_falsifier():
    row = judged([0.0, 0.0, 0.0], expected="<")
    assert (row["observed"], row["verdict"]) == ("=", "inconclusive")
    assert judged([1.0, 1.1, 1.2], expected="<")["verdict"] == "contradicted"
