"""Land quotas: the price answers, revenue is shared out once, land that is sold is gone."""

import numpy as np
import pytest

from povsim.model.conservation import Books
from povsim.programmes.scenario import ProgrammeUse
from tests.programmes.test_cards import card, under

NAME = "land_quota_trading"


def trading(months=1, **settings):
    return under(ProgrammeUse(NAME, settings=settings), months=months)


def programme(model):
    return model.programmes.programmes[0]


def test_more_land_sold_lowers_its_price_by_the_elasticity():
    few, many = (programme(trading(kept_for_local=k)) for k in (0.6, 0.2))
    elasticity = card(NAME).price_elasticity
    assert many.price / few.price == pytest.approx((0.8 / 0.4) ** (-1 / elasticity))


def test_the_price_at_the_numbers_of_the_card_is_that_of_the_card():
    assert programme(trading()).price == pytest.approx(card(NAME).price)


def test_households_villages_and_counties_get_what_buyers_pay():
    table = trading(months=13).ledger.table()
    bought = table[table["source"] == "land_quota_buyers"]
    by_use = bought.groupby("use")["amount_yuan"].sum()
    shares = by_use / by_use.sum()
    p = card(NAME)
    assert shares["fund_balance"] == pytest.approx(p.household_share)
    assert shares["invested"] == pytest.approx(p.village_share)
    assert shares["county_budget"] == pytest.approx(1 - p.household_share - p.village_share)


def test_the_countys_part_pays_back_its_debt():
    lent, plain = trading(), under(months=1)
    assert lent.counties["debt"].sum() < plain.counties["debt"].sum()


def test_a_fund_pays_over_years_what_is_otherwise_paid_at_once():
    once, fund = (trading(years_to_pay=y) for y in (0.0, 10.0))
    assert programme(once).owed.sum() == pytest.approx(0.0, abs=1e-6)
    assert programme(fund).owed.sum() > 0.0


def test_land_that_is_sold_is_land_that_industry_lacks():
    sold, kept = (trading(kept_for_local=k, sold_share=1.0).flows.land_limit for k in (0.0, 0.8))
    assert (sold <= kept).all()
    assert (sold < kept).any()


def test_industry_beyond_its_land_adds_no_jobs():
    jobs = []
    for capital in (10.0, 20.0):
        model = trading(kept_for_local=0.0, sold_share=1.0)
        finite = np.isfinite(model.flows.land_limit)
        model.places["industry_public"][finite] = capital * model.flows.land_limit[finite]
        model.books = Books(model)
        model.step()
        jobs.append(model.places["industry_jobs"][finite])
    assert len(jobs[0]) > 0
    np.testing.assert_allclose(jobs[0], jobs[1])


def test_contributed_land_adds_value_to_village_industry():
    with_land, without = (
        under(ProgrammeUse("land_shares", settings={"contributed_share": s}), months=2)
        for s in (0.8, 0.0)
    )
    assert with_land.flows.industry_land.sum() > 0.0
    assert with_land.places["industry_jobs"].sum() > without.places["industry_jobs"].sum()


def test_land_is_retired_as_far_as_it_is_paid_for():
    def retired(share):
        model = under(ProgrammeUse("eco_compensation", share=share))
        before = model.households["land"].astype(float)
        model.step()
        return (before - model.households["land"]).sum()

    assert retired(0.0) == 0.0
    assert 0.0 < retired(0.001) < retired(1.0)


def test_land_comes_back_when_it_is_no_longer_paid_for():
    model = under(ProgrammeUse("eco_compensation", share=1.0))
    before = model.households["land"].copy()
    model.step()
    programme(model)._retire(model, 0)
    np.testing.assert_allclose(model.households["land"], before, rtol=1e-6)


def test_loans_go_to_the_best_scores_and_not_to_the_first_rows():
    model = under(ProgrammeUse("micro_credit", share=1.0, settings={"take_up": 1.0}))
    lender = programme(model)
    lender.outstanding, lender.lost = np.zeros(len(model.counties)), np.zeros(len(model.counties))
    rows = lender._granted(model)
    assert len(rows) > 5
    assert (np.diff(rows) < 0).any()
