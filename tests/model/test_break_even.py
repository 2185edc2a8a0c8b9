"""What a leveraged yuan brings poor households, by formula and by the model's own industry."""

import numpy as np
import pytest

from povsim.kernels.industry import TO_POOR, productivity
from povsim.model import PovertyModel, phases
from povsim.params import World
from povsim.params.economy import Economy
from povsim.params.places import Industry
from povsim.programmes.scenario import Scenario

DECAY, DISCOUNT, YEARS, WASTE, DIRECT = 0.12, 0.05, 10, 0.15, 0.85
PLAIN = World(
    population="classroom",
    households=300,
    economy=Economy(growth=0.0, growth_volatility=0.0),
    industry=Industry(capital_elasticity=1.0, failure_rate=0.0, depreciation=DECAY, learning=0.0,
                      base_private_investment=0.0),
)  # fmt: skip


def annuity(steps_per_year):
    """Present value of a yuan of output a year from capital that wears, paid in steps."""
    kept = (1 - DECAY / steps_per_year) / (1 + DISCOUNT) ** (1 / steps_per_year)
    return sum(kept**k for k in range(1, YEARS * steps_per_year + 1)) / steps_per_year


def by_formula(match, output, poor_of_output, years=None):
    """Present value per fiscal yuan: (1 + match)(1 - waste) VA/K x part of the poor x annuity."""
    return (1 + match) * (1 - WASTE) * output * poor_of_output * (years or annuity(1))


def by_model(match, poor_jobs):
    """Let the month's industry work with what a fiscal yuan builds; return PV, VA/K and parts."""
    model = PovertyModel(PLAIN, Scenario("none", {}, ()), seed=1)
    p, places = model.industry_numbers, model.places
    places["industry_public"][:] = built = (1 - WASTE) * 1000.0 * places.rows
    places["industry_private"][:] = match * built
    model.flows.private_investment_due[:] = 0.0
    model.flows.filled_jobs[:] = 1e9
    price, wage = np.ones(len(places)), 12 * model.world.work.local_wage
    wages = wage * model.counties["wage_level"][places["county"]]
    output = productivity(places["management"], places["infrastructure"], price, p)
    model.economy.log_price[:] = 0.0
    value = np.zeros(len(places))
    for month in range(12 * YEARS):
        model.month = month
        phases.operate_industry(model)
        # surplus kept by villages: not reinvested
        places["industry_public"][:] -= model.flows.reinvested
        paid = poor_jobs * places["industry_jobs"] * wages / 12
        paid += model.flows.dividend[:, TO_POOR] * model.poor_by_place
        worn = (1 - DECAY / 12) / (1 + DISCOUNT) ** ((month + 1) / 12)
        value += paid * worn / (1000.0 * places.rows)
    dividends = (1 - p.surplus_to_fund) * p.dividend_poor_share / (1 + match)
    poor = p.labour_share * poor_jobs + (1 - p.labour_share) * dividends
    return value, output, poor, model.poor_by_place > 0


@pytest.mark.parametrize("match", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("poor_jobs", [0.2, 0.5])
def test_the_model_brings_the_poor_what_the_formula_says(match, poor_jobs):
    value, output, poor, inhabited = by_model(match, poor_jobs)
    expected = by_formula(match, output, poor, annuity(12))
    np.testing.assert_allclose(value[inhabited], expected[inhabited], rtol=0.005)


def test_the_formula_gives_the_two_cases_of_the_design():
    assert by_formula(1.0, 0.15, 0.35) == pytest.approx(0.38, abs=0.01)
    assert by_formula(1.0, 0.40, 0.6 * 0.5 + 0.4 * 0.2) == pytest.approx(1.11, abs=0.01)


def test_leverage_breaks_even_near_the_match_of_the_design_and_not_in_the_default_village():
    """At VA/K 0.4 a match of 0.53 equals cash; at the model's own output more match is needed."""
    assert by_formula(0.53, 0.40, 0.38) == pytest.approx(DIRECT, rel=0.01)
    value, *_ = by_model(0.53, 0.5)
    assert value.mean() < DIRECT
