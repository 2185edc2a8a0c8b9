"""The numbers of the start are numbers of the world: they can be set, swept and checked."""

from dataclasses import replace

import numpy as np
import pytest

from povsim.config import compose
from povsim.config.composition import Composition
from povsim.config.levers import known_factors
from povsim.errors import UserError
from povsim.params import World
from povsim.params.declare import check, declarations
from povsim.params.start import StartIncomes
from povsim.population import draw_population
from povsim.programmes.cards import load_card

SMALL = World(households=400)
GROUPS = ("start_people", "start_work", "start_incomes", "start_places")


def drawn_with(**numbers):
    world = SMALL
    for key, value in numbers.items():
        group = next(g for g in GROUPS if key in declarations(getattr(world, g)))
        world = replace(world, **{group: replace(getattr(world, group), **{key: value})})
    return draw_population(world, 3).households


def test_an_override_reaches_the_drawn_households():
    request = compose(["scenario=hold", "start_incomes.indebted_share=0.9", "households=400"])
    debts = draw_population(request.world, 3).households["debt"] > 0
    assert debts.mean() == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize("group", GROUPS)
def test_a_sweep_may_vary_every_number_of_the_start(group):
    known = known_factors(Composition())
    for name, d in declarations(getattr(SMALL, group)).items():
        factor = known[f"{group}.{name}"]
        assert (factor.low, factor.high) == (d.low, d.high)


def test_a_number_of_the_start_out_of_its_range_is_told():
    with pytest.raises(UserError, match="start_people\\.head_age=5"):
        compose(["scenario=hold", "start_people.head_age=5"])


def test_what_concerns_wealth_leaves_people_alone():
    before, after = drawn_with(), drawn_with(savings_months=12.0, debt_median=20_000.0)
    assert (after["savings"] > before["savings"]).mean() > 0.5
    for name in ("members", "head_age", "schooling", "land", "at_local", "registration"):
        np.testing.assert_array_equal(after[name], before[name])


def test_the_jobs_of_each_kind_of_worker_sum_to_one_however_they_are_set():
    drawn = drawn_with(local=1.0, informal=1.0, formal=1.0)
    jobs = sum(drawn[k].astype(int) for k in ("at_local", "migrant_informal", "migrant_formal"))
    assert (jobs <= drawn["labour"]).all()


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("group", GROUPS)
def test_every_number_may_lie_at_an_end_of_its_range(group, end):
    ends = {name: getattr(d, end) for name, d in declarations(getattr(SMALL, group)).items()}
    own = replace(getattr(SMALL, group), **ends)
    check(own, group)
    drawn = draw_population(replace(SMALL, **{group: own}), 3)
    for columns in (drawn.households, drawn.places, drawn.counties):
        assert all(np.isfinite(column).all() for column in columns.values())


@pytest.mark.parametrize(
    ("number", "programme", "parameter"),
    [
        (SMALL.start_work.post_pay, "public_posts", "monthly_pay"),
        (StartIncomes().dibao_payment, "dibao", "payment_share"),
        (StartIncomes().dibao_withdrawal, "dibao", "effective_withdrawal"),
    ],
)
def test_the_start_pays_what_the_cards_pay(number, programme, parameter):
    assert number == load_card(programme).parameters[parameter].value


@pytest.mark.parametrize("products", [1.0, 3.0, 9.0])
def test_villages_have_no_product_that_the_economy_does_not_sell(products):
    world = replace(SMALL, economy=replace(SMALL.economy, products=products))
    assert draw_population(world, 3).places["product"].max() < products
