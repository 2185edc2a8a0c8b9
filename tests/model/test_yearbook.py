"""December's one-pass census says what the measures say, and knows no scale."""

import numpy as np
import pytest

from povsim import measures
from povsim.yearbook import Yearbook


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


def test_poverty_in_many_dimensions_is_that_of_alkire_and_foster(december):
    h, places = december.households, december.places
    n = h["members"].astype(float)
    spent, medical = h["year_consumption"] / n, h["year_out_of_pocket"] / n
    works = places.by_household(places["infrastructure"])
    deprived = np.column_stack(
        [
            spent < 4000.0,
            np.where(h["children"] > 0, h["child_skill"] < 70, h["schooling"] < 6),
            medical > 0.4 * np.maximum(spent + medical, 1.0),
            works < 0.30,
        ]
    )
    result = measures.alkire_foster(deprived, [0.25] * 4, 1 / 3, december.persons)
    assert value(december, "multidimensional_headcount") == pytest.approx(result.H, abs=1e-6)
    assert value(december, "multidimensional_m0") == pytest.approx(result.M0, abs=1e-6)


def test_mean_relative_deprivation_is_that_of_yitzhaki(december):
    h = december.households
    income = np.maximum(h.year_income / h["members"], 0.0)
    each = measures.yitzhaki_deprivation(income, december.persons)
    expected = np.average(each, weights=december.persons)
    assert value(december, "relative_deprivation") == pytest.approx(expected, rel=1e-4)


def test_vulnerability_is_a_half_at_the_median_and_falls_with_income():
    from povsim.kernels.census import poverty_chance

    spread = 0.3
    assert poverty_chance(4000 * np.exp(spread**2 / 2), 0.0, 4000.0, spread, 0.5) == pytest.approx(
        0.5
    )
    chances = [poverty_chance(x, 0.4, 4000.0, 0.1, 0.5) for x in (3000.0, 4000.0, 6000.0, 12000.0)]
    assert chances == sorted(chances, reverse=True)


def test_chronic_and_transient_poverty_add_up_to_the_mean_of_yearly_gaps(december):
    a = december.annual
    a = a[(a["group"] == "all") & (a["region"] == "all")]
    gaps = a[a["measure"] == "squared_poverty_gap"].set_index("year")["value"]
    last = a[a["year"] == a["year"].max()].set_index("measure")["value"]
    if len(gaps) > 1:
        total = last["chronic_poverty"] + last["transient_poverty"]
        assert total == pytest.approx(gaps.mean(), rel=0.02)
    assert 0.0 <= last["opportunity_inequality"] < 0.2
