"""A currency of half the worth changes every amount and nothing else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from povsim.model import PovertyModel, start_population
from povsim.params import GROUPS, World, declarations
from povsim.programmes.cards import load_card
from povsim.programmes.scenario import Scenario
from povsim.state.columns import COUNTY_COLUMNS, HOUSEHOLD_COLUMNS, PLACE_COLUMNS
from tests.model.conftest import course

W = World(households=1500)
CELL = ["year", "group", "region", "measure"]
AMOUNTS = (
    "notch",
    "mean_income",
    "relative_deprivation",
    "median_income",
    "national_median_income",
    "income_wage",
    "income_business",
    "income_property",
    "income_transfer",
    "mean_consumption",
    "mean_savings",
    "mean_debt",
    "mean_productive_assets",
    "fiscal_cost",
    "private_investment",
    "medical_fund_balance",
    "guarantee_losses",
    "poverty_gap_yuan",
    "relative_deprivation_to_all",
    "private_displaced",
    "income_insurance_fund_balance",
    "risk_fund_balance",
    "guarantee_fund_balance",
)
OF_LEVERAGE = tuple(
    f"matched_leverage_{what}" for what in ("unplaced", "unmatched", "debt", "displaced")
)
"""Amounts that there are where leverage is in the mix."""
FALLS = ("relapse_rate", "new_poverty_rate", "ever_fallen_share", "ever_relapsed_share")
COUNTED_IN_FALLS = (*FALLS, "persons_fallen", "falls_by_cause")
"""Spells are told from incomes kept in units of 2 yuan, which do not scale."""


def in_yuan(unit):
    return "yuan" in unit


def doubled_world(world):
    groups = {}
    for name in GROUPS:
        group = getattr(world, name)
        if name.startswith("start_"):
            continue  # the start is doubled as it was drawn
        told = declarations(group)
        new = {n: 2 * getattr(group, n) for n, d in told.items() if in_yuan(d.unit)}
        groups[name] = replace(group, **new)
    # capital is counted in thousands of yuan, so the scale takes up its elasticity
    p = world.production
    groups["production"] = replace(
        groups["production"], scale=p.scale * 2 ** (1 - p.capital_elasticity)
    )
    return replace(world, **groups)


def doubled_course(name):
    uses = []
    for use in course(name).programmes:
        told = load_card(use.name).parameters
        settings = {n: 2 * p.value for n, p in told.items() if in_yuan(p.unit)}
        uses.append(replace(use, settings=settings))
    return Scenario(name, {}, tuple(uses))


def doubled_population(world, seed, before):
    drawn = start_population(W, seed)
    for table, columns in (
        (drawn.households, HOUSEHOLD_COLUMNS),
        (drawn.places, PLACE_COLUMNS),
        (drawn.counties, COUNTY_COLUMNS),
    ):
        for column in columns:
            if in_yuan(column.unit):
                table[column.name] = table[column.name] * 2
    return drawn


@pytest.fixture(scope="module", params=["hold", "nothing"])
def yearbooks(request):
    plain = PovertyModel(W, course(request.param), seed=3)
    plain.run_for(24)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("povsim.model.poverty_model.start_population", doubled_population)
        rich = PovertyModel(doubled_world(W), doubled_course(request.param), seed=3)
        rich.run_for(24)
    both = pd.merge(plain.annual, rich.annual, on=CELL, suffixes=("", "_doubled"))
    assert len(both) > 0.98 * len(plain.annual)
    return both


def test_amounts_double(yearbooks):
    rows = yearbooks[yearbooks["measure"].isin((*AMOUNTS, *OF_LEVERAGE))]
    np.testing.assert_allclose(rows["value_doubled"], 2 * rows["value"], rtol=1e-4)
    assert set(rows["measure"]) - set(OF_LEVERAGE) == set(AMOUNTS)


def test_relative_and_absolute_poverty_work_and_inequality_stay(yearbooks):
    rows = yearbooks[~yearbooks["measure"].isin((*AMOUNTS, *OF_LEVERAGE))]
    rows = rows[~rows["measure"].str.startswith(COUNTED_IN_FALLS)]
    np.testing.assert_allclose(rows["value_doubled"], rows["value"], rtol=1e-4, atol=1e-9)
    assert {"relative_poverty_rate_40", "absolute_poverty_rate", "gini"} <= set(rows["measure"])


def test_falls_stay_but_for_the_rounding_of_kept_incomes(yearbooks):
    rows = yearbooks[yearbooks["measure"].isin(FALLS)]
    rows = rows[(rows["group"] == "all") & (rows["region"] == "all")]
    np.testing.assert_allclose(rows["value_doubled"], rows["value"], atol=0.005)
    assert (rows["value"] > 0).all()
