"""The participation constraint of leverage limits money, and what is guaranteed is paid."""

import numpy as np
import pytest

from povsim.kernels.industry import expected_return, marginal_product, value_added
from povsim.params import World
from povsim.params.declare import as_tuple
from povsim.programmes.delivery.industry import fill
from tests.programmes.test_cards import STILL, all_money, card, envelope, under

INDUSTRY = as_tuple(World().industry)
EVERYWHERE = {"hurdle_return": 0.0, "return_spread": 0.001}
RICH = World(**{**vars(STILL), "industry": type(STILL.industry)(output_capital_ratio=1.0)})


def private_money(months=6, **settings):
    model = under(all_money("matched_leverage", **settings), months=months)
    table = model.ledger.table()
    rows = table[(table["source"] == "private_investors") & (table["use"] == "invested")]
    return float(rows["amount_yuan"].sum())


def test_private_money_falls_as_the_hurdle_rises():
    drawn = [private_money(hurdle_return=h) for h in (0.02, 0.08, 0.5)]
    assert drawn[0] > drawn[1] > drawn[2] >= 0.0


def test_private_money_rises_with_the_guarantee():
    assert private_money(guarantee_share=1.0) > private_money(guarantee_share=0.0)


def test_the_ratio_is_below_its_assumption_when_few_villages_are_willing():
    model = under(all_money("matched_leverage"), months=12)
    p, year = card("matched_leverage"), model.year - 1
    private = model.ledger.year_total(year, "private_investors")
    ratio = private / model.ledger.year_cost(year, "matched_leverage")
    assert 0.0 < ratio < 0.5 * p.match_ratio * p.additionality


def test_a_willing_village_takes_what_it_can_use_and_no_more():
    model = under(all_money("matched_leverage", **EVERYWHERE, unmatched_share=0.0), world=RICH)
    p, places = card("matched_leverage"), model.places
    before = places["industry_public"].copy()
    most = p.project_per_household * places.rows + p.absorption * places.industry_capital
    model.programmes.act(model)
    granted = (places["industry_public"] - before) / (1.0 - p.waste_share)
    assert (granted <= most / 12.0 * (1.0 + 1e-9)).all()
    assert granted.sum() > 0.0


def test_a_willing_investor_adds_the_additional_part_of_the_match():
    model = under(all_money("matched_leverage", **EVERYWHERE, unmatched_share=0.0), world=RICH)
    p, places = card("matched_leverage"), model.places
    public, private = places["industry_public"].copy(), places["industry_private"].copy()
    model.programmes.act(model)
    built = places["industry_public"] - public
    drawn = built * p.match_ratio * p.additionality
    np.testing.assert_allclose(places["industry_private"] - private, drawn, rtol=1e-9)


NOBODY = {"project_per_household": 0, "absorption": 0}


def test_counties_invest_what_finds_no_investor_unmatched():
    model = under(all_money("matched_leverage", **NOBODY))
    p, places, weight = card("matched_leverage"), model.places, model.treasury.place_weight
    public, private = places["industry_public"].copy(), places["industry_private"].copy()
    model.programmes.act(model)
    net = envelope(model) * (1.0 - p.administration_share) * (1.0 - p.waste_share)
    assert float((places["industry_public"] - public) @ weight) == pytest.approx(net)
    np.testing.assert_array_equal(places["industry_private"], private)


def test_money_that_finds_no_investor_may_lie_idle():
    model = under(all_money("matched_leverage", **NOBODY, unmatched_share=0.0))
    model.programmes.act(model)
    assert model.programmes.programmes[0].purse.carried == pytest.approx(envelope(model))


def test_outside_money_displaces_its_part_of_local_investment():
    model = under(all_money("matched_leverage", **EVERYWHERE), world=RICH)
    places = model.places
    model.flows.private_investment_due = np.full(len(places), 1e12)
    before = places.industry_capital.copy()
    model.programmes.act(model)
    external = places.industry_capital - before
    displaced = 1e12 - model.flows.private_investment_due
    share = card("matched_leverage").local_displacement
    np.testing.assert_allclose(displaced, share * external, rtol=1e-3, atol=1.0)


@pytest.mark.parametrize("name", ["matched_leverage", "credit_guarantee"])
def test_a_guarantee_pays_its_part_of_what_was_lost_of_its_own_capital(name):
    model = under(all_money(name))
    programme = model.programmes.programmes[0]
    programme.backed = np.full(len(model.places), 1000.0)
    model.flows.lost_share = np.full(len(model.places), 0.6)
    model.counties["guarantee_fund"][:] = 1e12
    programme.settle(model, from_purse=False)
    owed = card(name).guarantee_share * 600.0 * model.places["weight"].sum()
    paid = 1e12 * len(model.counties) - model.counties["guarantee_fund"].sum()
    assert paid == pytest.approx(owed, rel=1e-3)


def test_a_guarantee_that_cannot_be_paid_becomes_debt_of_the_county():
    model = under(all_money("matched_leverage"))
    programme, debt = model.programmes.programmes[0], model.counties["debt"].sum()
    programme.backed = np.full(len(model.places), 1000.0)
    model.flows.lost_share = np.full(len(model.places), 0.6)
    programme.settle(model, from_purse=True)
    owed = card("matched_leverage").guarantee_share * 600.0 * model.places["weight"].sum()
    assert model.counties["debt"].sum() - debt == pytest.approx(owed)
    assert model.treasury.contingent == pytest.approx(owed)


def test_the_marginal_product_is_the_slope_of_value():
    capital, rows, yields = np.array([2e5, 9e5]), np.array([100, 100]), np.array([0.3, 0.4])
    low, high = (value_added(capital + d, rows, 5000.0, yields, INDUSTRY) for d in (-1.0, 1.0))
    slope = marginal_product(capital, rows, 5000.0, yields, INDUSTRY)
    np.testing.assert_allclose((high - low) / 2.0, slope, rtol=1e-6)


def test_the_total_at_the_start_is_that_of_constant_returns():
    model = under()
    p, places = model.industry_numbers, model.places
    ratio = p.output_capital_ratio * places["management"] ** p.management_elasticity
    yields = ratio * (1.0 + p.infrastructure_return * places["infrastructure"])
    args = (places.industry_capital, places.rows, model.typical_capital, yields, p)
    total = value_added(*args) @ places["weight"]
    assert total == pytest.approx(float((yields * places.industry_capital) @ places["weight"]))


def test_a_higher_failure_rate_lowers_what_investors_expect():
    marginal = np.array([0.3])
    calm, risky = (expected_return(marginal, np.array([f]), 0.5, INDUSTRY) for f in (0.05, 0.2))
    assert risky[0] < calm[0]


def test_money_is_shared_by_need_up_to_what_each_can_take():
    need, most = np.array([1.0, 2.0, 1.0, 0.0]), np.array([100.0, 10.0, 100.0, 50.0])
    np.testing.assert_allclose(fill(50.0, need, most), [20.0, 10.0, 20.0, 0.0])
    np.testing.assert_allclose(fill(1e9, need, most), [100.0, 10.0, 100.0, 0.0])
