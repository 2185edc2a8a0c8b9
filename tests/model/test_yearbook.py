"""December's one-pass census says what the measures say, and knows no scale."""

import numpy as np
import pytest

from povsim import measures
from povsim.observer import Yearbook


@pytest.fixture
def december(build):
    model = build("hold", 11)
    model.step()
    model.month -= 1  # look at December again
    return model


def value(model, measure, group="all", region="all"):
    a = model.annual
    a = a[(a["measure"] == measure) & (a["group"] == group) & (a["region"] == region)]
    return float(a["value"].iloc[-1])


@pytest.mark.parametrize("group", ["all", "registered"])
def test_the_census_agrees_with_the_measures(december, group):
    h = december.households
    rows = slice(None) if group == "all" else h.is_registered
    income = (h.year_income / h["members"])[rows]
    persons, line = december.persons[rows], 4000.0
    pairs = {
        "absolute_poverty_rate": measures.headcount_ratio(income, line, persons),
        "poverty_gap": measures.poverty_gap(income, line, persons),
        "squared_poverty_gap": measures.squared_poverty_gap(income, line, persons),
        "gini": measures.gini(np.maximum(income, 0), persons),
        "median_income": measures.weighted_quantile(income, 0.5, persons),
        "mean_income": np.average(income, weights=persons),
        "watts": measures.watts(income, line, persons, zero="censor", floor=100.0),
    }
    for name, expected in pairs.items():
        assert value(december, name, group) == pytest.approx(expected, rel=1e-5), name


def test_relative_poverty_ignores_neutral_growth(december):
    names = [f"relative_poverty_rate_{k}" for k in (40, 50, 60)]
    before = [value(december, n) for n in names]
    for source in ("wage", "business", "property", "transfer"):
        december.households[f"year_{source}"][:] *= 2
    december.economy.level *= 2
    Yearbook(december.observer).write()
    assert [value(december, n) for n in names] == before
    assert value(december, "absolute_poverty_rate") < 0.05


def test_mesa_agents_view_the_rows(december):
    village = december.villages[0]
    household = village.households[0]
    assert household.income_per_person == december.household(int(household.uid)).income_per_person
    assert village.mean_income > 0
    assert len(december.datacollector.get_model_vars_dataframe()) == 12
