"""What is measured is what the catalogue declares, in both directions."""

from copy import deepcopy

import pytest

from povsim.config import compose
from povsim.errors import UserError
from povsim.measures.catalogue import GROUPS, declared, measures, refuse_undeclared, told_for
from povsim.measures.catalogue import sections as words
from povsim.study.comparison.experiment import Experiment
from povsim.study.comparison.study import run_study

KINDS = ("share", "yuan", "yuan_total", "ratio", "count", "decimal", "index")
SMALL = ["size=classroom", "years=2", "seeds=1", "workers=1"]
STUDIES = (
    [
        "experiment=early_warning",
        "experiment.scenarios=[cash_only,default,platform,insured,shared_register]",
        "experiment.hypotheses=[]",
        "households=1200",
        "population=national",
    ],
    ["experiment=leverage_vs_transfers", "households=400"],
    ["experiment=credit", "households=400"],
)
"""Between them they have every programme that tells of its work, and every part of the country."""


@pytest.fixture(scope="module")
def measured():
    """Return every measure with each part for which some run or table of effects has it."""
    found = set()
    for overrides in STUDIES:
        study = run_study(compose([*overrides, *SMALL]))
        assert study.failed == 0, study.runs["error"].unique()
        for table in (study.annual, study.effects):
            keys = table[["measure", "group", "region"]].drop_duplicates()
            found |= set(keys.itertuples(index=False, name=None))
    return found


@pytest.fixture
def raw():
    """Return what an experiment declares, to be changed."""
    return deepcopy(dict(compose(["experiment=leverage_tools"]).experiment))


def kinds_of(group, region):
    """Return the words by which the catalogue declares a part; none for everybody."""
    if region != "all" and group != "all":
        return {"crossed"}
    if group != "all":
        return {"registered" if group == "registered" else "groups"}
    return {"regions"} if region != "all" else set()


def test_whatever_is_measured_is_declared_for_its_part(measured):
    assert [(m, g, r) for m, g, r in measured if m not in told_for(g, r)] == []


def test_whatever_is_declared_is_measured(measured):
    assert set(measures()) - {m for m, _, _ in measured} == set()


def test_a_measure_is_told_for_every_kind_of_part_that_it_declares(measured):
    told = {name: set() for name in measures()}
    for name, group, region in measured:
        told[name] |= kinds_of(group, region)
    assert told == {name: set(m.parts) for name, m in measures().items()}


def test_a_run_refuses_a_measure_that_nobody_declared():
    with pytest.raises(ValueError, match="luck_of_the_draw for all, all: not declared"):
        refuse_undeclared("luck_of_the_draw", "all", "all")
    with pytest.raises(ValueError, match="fiscal_cost for G1, all: not declared"):
        refuse_undeclared("fiscal_cost", "G1", "all")


def test_an_unknown_measure_is_an_error_that_names_the_nearest():
    with pytest.raises(UserError, match="nearest: mean_income"):
        declared("mean_incom")


def test_a_hypothesis_on_what_nobody_measures_is_refused(raw):
    raw["hypotheses"][0] |= {"measure": "gini", "group": "G1", "region": "ordinary"}
    with pytest.raises(UserError, match="hypothesis 1: gini=G1 in ordinary; allowed: everybody"):
        Experiment.from_mapping("leverage_tools", raw)


@pytest.mark.parametrize("name", measures())
def test_an_entry_is_complete_and_speaks_both_languages(name):
    measure = declared(name)
    for text in (measure.title, measure.definition):
        assert all(text[language].strip() for language in ("en", "zh"))
    assert set(measure.formula) in (set(), {"en", "zh"})
    assert bool(measure.formula) == bool(measure.source)
    assert measure.better in ("lower", "higher", "none")
    assert measure.kind in KINDS
    assert measure.counts in words()["counts"]
    assert {*measure.parts} <= {*words()["spans"]} - {"whole"}
    assert measure.subject in words()["subjects"]


def test_an_entry_that_stands_for_a_family_declares_each_member():
    assert declared("falls_by_cause_illness").title["zh"] == "因病"
    assert declared("credit_guarantee_unplaced").title["en"] == "Unplaced money, guarantees"
    assert {f"falls_by_cause_{cause}" for cause in words()["causes"]} <= told_for("G1", "all")


def test_groups_are_told_within_county_classes_but_not_within_regions():
    assert "mean_income" in told_for("G1", "ordinary")
    assert told_for("G1", "east") == frozenset()
    assert all("relapse_rate" in told_for(group, "all") for group in GROUPS)
