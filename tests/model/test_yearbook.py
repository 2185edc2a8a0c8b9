"""December's one-pass census says what the measures say, and knows no scale."""

import numpy as np
import pytest

from povsim import measures
from povsim.codes import CountyClass, Flag, Group, Region
from povsim.yearbook.yearbook import Yearbook
from tests.model.conftest import course


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
    december.observer.rows += Yearbook(december.observer).rows()
    assert [value(december, n) for n in names] == before
    assert value(december, "absolute_poverty_rate") < 0.05


def test_mesa_agents_view_the_rows(december):
    village = december.villages[0]
    household = village.households[0]
    assert household.income_per_person == december.household(int(household.uid)).income_per_person
    assert village.mean_income > 0
    assert len(december.datacollector.get_model_vars_dataframe()) == 12


def test_poverty_in_many_dimensions_is_that_of_alkire_and_foster(december):
    h, places, d = december.households, december.places, december.world.deprivation
    n = h["members"].astype(float)
    spent, medical = h["year_consumption"] / n, h["year_out_of_pocket"] / n
    works = places.by_household(places["infrastructure"])
    moved, back = (h["flags"] & int(flag) != 0 for flag in (Flag.RELOCATED, Flag.RETURNED))
    own_work = h["year_business"] / n
    lacks = {
        "food": spent < d.food_share * 4000.0,
        "clothing": spent < 4000.0,
        "schooling": np.where(
            h["children"] > 0, 0.01 * h["child_skill"] < d.poor_start, h["schooling"] < d.primary
        ),
        "medical": medical > 0.4 * np.maximum(spent + medical, 1.0),
        "housing": (works < d.poor_housing) & ~moved,
        "water": works < d.poor_water,
        "capability": h["skill"] < d.poor_skill,
        "job": (h["labour"] > 0) & (h.wage_workers == 0) & (own_work < 4000.0),
        "belonging": moved & ~back & (h["integration"] < d.settled),
    }
    assert sum(lacking.any() for lacking in lacks.values()) >= 6
    weights = [getattr(d, name) for name in lacks]
    whole = sum(weights)
    result = measures.alkire_foster(
        np.column_stack(list(lacks.values())), weights, d.cutoff * whole, december.persons
    )
    assert value(december, "multidimensional_headcount") == pytest.approx(result.H, abs=1e-6)
    assert value(december, "multidimensional_m0") == pytest.approx(result.M0, abs=1e-6)


def test_mean_relative_deprivation_is_that_of_yitzhaki(december):
    h = december.households
    income = np.maximum(h.year_income / h["members"], 0.0)
    each = measures.yitzhaki_deprivation(income, december.persons)
    expected = np.average(each, weights=december.persons)
    assert value(december, "relative_deprivation") == pytest.approx(expected, rel=1e-4)


def test_vulnerability_is_a_half_at_the_median_and_falls_with_income():
    from povsim.kernels.risk import poverty_chance

    spread = 0.3
    assert poverty_chance(4000 * np.exp(spread**2 / 2), 0.0, 4000.0, spread, 0.5) == pytest.approx(
        0.5
    )
    chances = [poverty_chance(x, 0.4, 4000.0, 0.1, 0.5) for x in (3000.0, 4000.0, 6000.0, 12000.0)]
    assert chances == sorted(chances, reverse=True)


def rows_of(model, group="all", region="all"):
    """Return which households belong to a group and to a region or county class."""
    h, county = model.households, model.places["county"]
    rows = np.full(len(h), True)
    if group == "registered":
        rows &= h.is_registered
    elif group != "all":
        rows &= h["group"] == int(Group[group])
    for column, codes in (("region", Region), ("county_class", CountyClass)):
        if region.upper() in codes.__members__:
            here = model.counties[column][county] == int(codes[region.upper()])
            rows &= model.places.by_household(here)
    return rows


PARTS = [("all", "all"), ("G2", "all"), ("registered", "all"), ("all", "west"), ("all", "ordinary")]


@pytest.mark.parametrize(("group", "region"), [*PARTS, ("all", "deep_poverty")])
def test_inequality_within_parts_is_that_of_the_measures(december, group, region):
    rows = rows_of(december, group, region)
    if not rows.any():
        pytest.skip("nobody there")
    income = (december.households.year_income / december.households["members"])[rows]
    persons = december.persons[rows]
    floored = np.maximum(income, 100.0)
    never_less = np.maximum(income, 0.0)
    expected = {
        "theil": measures.theil(floored, persons),
        "s80_s20": measures.s80_s20(never_less, persons),
        "palma": measures.palma(never_less, persons),
    }
    for name, number in expected.items():
        assert value(december, name, group, region) == pytest.approx(number, rel=1e-4), name


def test_deprivation_against_everybody_is_that_of_yitzhaki(december):
    income = np.maximum(december.households.year_income / december.households["members"], 0.0)
    each = measures.yitzhaki_deprivation(income, december.persons)
    for group in ("G1", "GX", "registered"):
        rows = rows_of(december, group)
        expected = np.average(each[rows], weights=december.persons[rows])
        found = value(december, "relative_deprivation_to_all", group)
        assert found == pytest.approx(expected, rel=1e-4), group


def test_theil_between_parts_is_that_of_the_decomposition(december):
    h, places = december.households, december.places
    county = places["county"]
    site = places["kind"] > 0
    by_place = {
        "regions": december.counties["region"][county],
        "county_classes": december.counties["county_class"][county],
        "village_types": np.where(site, 2, places["listed"]),
    }
    parts = {name: places.by_household(code) for name, code in by_place.items()}
    income = np.maximum(h.year_income / h["members"], 100.0)
    for name, code in {**parts, "groups": h["group"]}.items():
        between = measures.theil_decomposition(income, code, december.persons).between
        found = value(december, f"theil_between_{name}")
        assert found == pytest.approx(between, rel=1e-4, abs=1e-9), name


def test_the_weakly_relative_line_is_that_of_the_measures(december):
    m, h = december.world.measurement, december.households
    median = value(december, "national_median_income")
    line = max(4000.0, m.weak_base + m.weak_share * median)
    expected = measures.headcount_ratio(h.year_income / h["members"], line, december.persons)
    assert value(december, "weakly_relative_poverty_rate") == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("cell", [("G1", "deep_poverty"), ("GX", "other_lifted")])
def test_groups_within_county_classes_are_counted(december, cell):
    rows = rows_of(december, *cell)
    h = december.households
    income, persons = (h.year_income / h["members"])[rows], december.persons[rows]
    mean = np.average(income, weights=persons)
    assert value(december, "mean_income", *cell) == pytest.approx(mean, rel=1e-5)
    half = measures.headcount_ratio(income, 0.5 * Yearbook(december.observer).median, persons)
    assert value(december, "relative_poverty_rate_50", *cell) == pytest.approx(half, abs=1e-6)


def test_rates_and_causes_of_falls_are_those_of_the_fall_table(build):
    model = build("hold", 24)
    falls = model.fall_table()
    last = falls[falls["month"] >= 12]
    assert value(model, "persons_fallen") == pytest.approx(last["persons"].sum())
    of_group = last[last["group"] == "G1"]
    ill = of_group[of_group["cause"] == "illness"]["persons"].sum() / of_group["persons"].sum()
    assert value(model, "falls_by_cause_illness", "G1") == pytest.approx(ill)


def test_sales_and_separations_of_groups_add_up_to_those_of_all(december):
    h, names = december.households, [group.name for group in Group]
    weight = december.places.by_household(december.place_weight)
    weights = {"distress_sale_rate": weight, "job_separation_rate": weight * h.wage_workers}
    for measure, base in weights.items():
        sizes = [base[rows_of(december, name)].sum() for name in names]
        rates = [value(december, measure, name) for name in names]
        assert np.dot(rates, sizes) > 0
        assert value(december, measure) == pytest.approx(np.dot(rates, sizes) / base.sum())


def test_chronic_and_transient_poverty_are_those_of_jalan_and_ravallion(build):
    model, incomes = build("hold", 11), []
    for _ in range(2):
        model.step()
        h = model.households
        incomes.append(np.maximum(h.year_income / h["members"], 0.0))
        model.run_for(11)
    incomes, rows = np.column_stack(incomes), rows_of(model, "G1")
    for group, own in (("all", rows_of(model)), ("G1", rows)):
        parts = measures.chronic_transient(incomes[own], 4000.0, model.persons[own])
        assert value(model, "chronic_poverty", group) == pytest.approx(parts.chronic, rel=1e-4)
        assert value(model, "transient_poverty", group) == pytest.approx(parts.transient, rel=1e-4)


def test_the_years_money_is_that_of_the_ledger(build):
    model = build("hold", 12)
    table = model.ledger.table()
    total = table.groupby("source")["amount_yuan"].sum()
    spent = table[
        table["source"].isin(["central", "provincial", "county", "bonds", "carried_over"])
        & (table["use"] != "unspent")
    ]
    administration = table[table["use"] == "administration"]["amount_yuan"].sum()
    share = administration / spent["amount_yuan"].sum()
    assert value(model, "administration_share") == pytest.approx(share)
    external = sum(total.get(s, 0.0) for s in ("central", "provincial", "eastern_partner"))
    own = model.counties["own_revenue"].sum() * model.economy.level
    assert value(model, "dependency_ratio") == pytest.approx(external / (external + own))
    for name, column in (("income_insurance", "income_fund"), ("guarantee", "guarantee_fund")):
        held = model.counties[column].sum()
        assert value(model, f"{name}_fund_balance") == pytest.approx(held)


def test_years_to_the_debt_cap_follow_the_years_pace(build):
    model = build("hold", 11)
    before = model.observer.debt_before
    model.step()
    revenue = model.counties["own_revenue"].sum() * model.economy.level
    debt = model.counties["debt"].sum()
    m = model.world.measurement
    years = min((m.debt_cap * revenue - debt) / (debt - before), m.farthest)
    assert debt > before
    assert value(model, "years_to_debt_cap") == pytest.approx(max(years, 0.0))


def test_direct_investment_displaces_what_its_card_says(build):
    model = build("hold", 12)
    card = next(p for p in model.programmes.programmes if p.name == "direct_investment").numbers
    displaced = value(model, "private_displaced")
    base = model.observer.base_private
    assert 0.0 < displaced <= base
    assert 0.0 < value(model, "crowding_out_rate") <= card.crowding_out + 1e-9
    beyond = value(model, "private_investment") - displaced
    share = beyond / (base + beyond)
    assert value(model, "additional_private_share") == pytest.approx(share)
    assert value(build("nothing", 12), "private_displaced") == pytest.approx(0.0, abs=1e-3)


def test_retired_land_is_counted_in_mu(build):
    model = build("hold", 12, scenario=course("entitlements_only", eco_compensation=0.5))
    plain = build("entitlements_only", 12)
    assert value(plain, "land_retired") == 0.0
    assert value(plain, "fragile_land_farmed_share") == 1.0
    programme = model.programmes.programmes[-1].numbers
    weight = model.places.by_household(model.place_weight)
    lost = float((plain.households["land"] - model.households["land"]) @ weight)
    assert value(model, "land_retired") * programme.lost_yield == pytest.approx(lost, rel=1e-4)
    left = 1.0 - programme.retired_share
    assert value(model, "fragile_land_farmed_share") == pytest.approx(left)


def test_chronic_and_transient_poverty_add_up_to_the_mean_of_yearly_gaps(december):
    a = december.annual
    a = a[(a["group"] == "all") & (a["region"] == "all")]
    gaps = a[a["measure"] == "squared_poverty_gap"].set_index("year")["value"]
    last = a[a["year"] == a["year"].max()].set_index("measure")["value"]
    if len(gaps) > 1:
        total = last["chronic_poverty"] + last["transient_poverty"]
        assert total == pytest.approx(gaps.mean(), rel=0.02)
    assert 0.0 <= last["opportunity_inequality"] < 0.2
