"""What a programme owes outlives it: guarantees are settled, funds are paid out."""

from dataclasses import replace

import numpy as np
import pytest

from povsim.model import PovertyModel
from povsim.programmes.scenario import ProgrammeUse, Scenario
from tests.programmes.test_cards import STILL


def model_of(name, stop, months, **settings):
    use = ProgrammeUse(name, settings=settings)
    if name != "land_quota_trading":
        use = replace(use, share=1.0)
    model = PovertyModel(STILL, Scenario("s", {}, (replace(use, stop=stop),)), seed=1)
    model.run_for(months)
    return model


def test_a_guarantee_is_settled_after_the_programme_has_stopped():
    model = model_of("credit_guarantee", stop=6, months=6, hurdle_return=0.0)
    programme = model.programmes.programmes[0]
    backed = programme.backed.copy()
    assert backed.sum() > 0.0
    model.flows.lost_share = np.full(len(model.places), 0.5)
    fund = model.counties["guarantee_fund"]
    fund[:] = 1e12
    model.programmes.act(model)
    owed = programme.numbers.guarantee_share * 0.5 * float(backed @ model.treasury.place_weight)
    assert len(fund) * 1e12 - fund.sum() == pytest.approx(owed, rel=1e-6)
    assert programme.backed.sum() < 0.51 * backed.sum()


def test_loans_are_paid_back_after_micro_credit_has_stopped():
    model = model_of("micro_credit", stop=6, months=6)
    programme = model.programmes.programmes[0]
    before = programme.outstanding.sum()
    model.run_for(6)
    assert 0.0 < programme.outstanding.sum() < before


def test_a_land_fund_pays_out_after_sales_have_stopped():
    model = model_of("land_quota_trading", stop=2, months=2, years_to_pay=2)
    programme = model.programmes.programmes[0]
    before = programme.owed.sum()
    model.run_for(12)
    assert 0.0 < programme.owed.sum() < before
    assert np.isinf(model.flows.land_limit).all()
