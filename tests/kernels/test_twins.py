"""Slow, plain twins agree with the kernels."""

import numpy as np
import pytest

from povsim.codes import HISTORY_UNIT, Spell
from povsim.kernels import capability, capital, hazards, welfare
from povsim.kernels.places import PlaceRunner
from povsim.params import World, as_tuple
from povsim.population import draw_population
from povsim.rng import Stream, seed_key, uniform_block
from povsim.state import Households, Places

W = World(households=800)


@pytest.fixture
def drawn():
    d = draw_population(W, 4)
    return Households(d.households), Places(d.places)


def out(places, width=2):
    return np.zeros((len(places), width))


def test_investment_agrees_with_its_numpy_twin(drawn):
    h, places = drawn
    rng = np.random.default_rng(1)
    h["year_business"][:] = rng.uniform(-5000, 40_000, len(h))
    p, month, buffer, elasticity = as_tuple(W.capital), 5, 4.0, 0.15
    capital_ = h["productive_assets"].astype(float) * (1 - p.depreciation / 12)
    savings, usual = h["savings"].astype(float), h["usual_income"].astype(float)
    spare = savings - buffer * usual
    yearly = h["year_business"] * 12.0 / (month + 1)
    pays = (spare > 0) & (elasticity * yearly > p.required_return * np.maximum(capital_, 1))
    most = p.depreciation / 12 * capital_ + p.adjustment_cost * usual
    lot = np.where(pays, np.minimum(p.invest_share / 12 * spare, most), 0.0)
    sums = out(places)
    capital.invest(0, len(places), h.arrays, places.arrays, p, elasticity, buffer, month, sums)
    np.testing.assert_allclose(h["productive_assets"], capital_ + lot, rtol=1e-6)
    np.testing.assert_allclose(h["savings"], savings - lot, rtol=1e-6)
    assert sums[:, 0].sum() == pytest.approx(lot.sum(), rel=1e-6)
    assert 0.01 < pays.mean() < 0.99


def test_skill_and_health_agree_with_their_numpy_twin(drawn):
    h, places = drawn
    p = as_tuple(W.capability)
    services = np.repeat(places["services"], places["stop"] - places["start"])
    labour = np.maximum(h["labour"].astype(float), 1)
    waged = (h.wage_workers - h["at_public_post"]) / labour
    skill, health = h["skill"].astype(float), h["health"].astype(float)
    wear = p.skill_decay * np.maximum(0, skill - p.skill_floor)
    skill_after = skill + (p.skill_services * services + p.skill_working * waged - wear) / 12
    recovery = p.health_recovery * (0.5 + 0.5 * services) * (capability.RESTING_HEALTH - health)
    health_after = health + (recovery - p.health_overwork * h["migrant_informal"] / labour) / 12
    hungry = (h["savings"] <= 0) & (h["debt"] > 0)
    health_after -= np.where(hungry, p.health_hunger / 12, 0)
    capability.grow_and_wear(0, len(places), h.arrays, places.arrays, p, 0.0, out(places))
    np.testing.assert_allclose(h["skill"], skill_after, rtol=1e-6)
    np.testing.assert_allclose(h["health"], np.clip(health_after, 0.05, 1), rtol=1e-6)


def test_illness_agrees_with_its_numpy_twin(drawn):
    h, places = drawn
    p, month, key = as_tuple(W.hazards), 6, seed_key(4)
    words = uniform_block(4, h["uid"], month, Stream.ILLNESS)
    overwork = h["migrant_informal"] / np.maximum(h["labour"], 1)
    rate = p.illness_rate * np.exp(
        p.illness_age_effect * np.minimum(h["head_age"] - 50.0, 60)
        + p.illness_health_effect * (1.0 - h["health"])
        + p.illness_overwork_effect * overwork
    )
    ill = words[:, 0] < 1 - np.exp(-20 * rate / 12)
    much = p._replace(illness_rate=20 * p.illness_rate)
    hazards.strike(
        0, len(places), h.arrays, places.arrays, much, np.full(3, 0.454), month, *key, out(places)
    )
    np.testing.assert_array_equal(h["out_of_pocket"] > 0, ill)
    assert 0.02 < ill.mean() < 0.9


def test_spells_follow_their_plain_rules(drawn):
    h, places = drawn
    line, rng = 4000.0, np.random.default_rng(2)
    history = [list(h["income_history"][i]) for i in range(len(h))]
    above, below = h["months_above"].astype(int), h["months_below"].astype(int)
    spell = h["spell"].astype(int)
    for month in range(40):
        income = rng.normal(0.9, 0.8, len(h)) * line / 12 * h["members"]
        h["month_income"][:] = income
        h["out_of_pocket"][:] = 0.0
        welfare.record_month(
            0, len(places), h.arrays, places.arrays, line, 12, 3, 600.0, month % 12, out(places, 1)
        )
        for i in range(len(h)):
            net = h["month_income"][i] - h["children"][i] * 600.0 / 12
            history[i][month % 12] = round(net / HISTORY_UNIT)
            if spell[i] == Spell.FELL:
                spell[i] = Spell.INSIDE
            if sum(int(v) for v in history[i]) * HISTORY_UNIT >= line * int(h["members"][i]):
                above[i], below[i] = above[i] + 1, 0
                spell[i] = Spell.OUTSIDE if above[i] >= 12 else spell[i]
            else:
                below[i] += 1
                if spell[i] == Spell.INSIDE:
                    above[i] = 0
                elif below[i] >= 3:
                    spell[i], above[i] = Spell.FELL, 0
        np.testing.assert_array_equal(h["spell"], spell)
    assert {0, 1} <= set(spell)


def test_blocks_and_threads_do_not_change_a_kernel(drawn):
    h, places = drawn
    p = as_tuple(W.capability)
    plain = Households({n: h[n].copy() for n in h})
    sums = out(places)
    runner = PlaceRunner(places["start"], places["stop"], threads=2)
    runner.together([(capability.grow_and_wear, (h.arrays, places.arrays, p, 0.0, sums))])
    capability.grow_and_wear(0, len(places), plain.arrays, places.arrays, p, 0.0, out(places))
    np.testing.assert_array_equal(h["skill"], plain["skill"])
