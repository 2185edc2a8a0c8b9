"""Closed forms decide what the kernels must do."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import brentq

from povsim.codes import Flag
from povsim.kernels import capital, hazards, work
from povsim.kernels.industry import jobs_offered, productivity, share_surplus, value_added
from povsim.kernels.production import normal_output, season_base
from povsim.params import World, as_tuple
from povsim.programmes.social.dibao import _pay
from povsim.rng import seed_key
from povsim.state import Households, Places
from povsim.state.columns import HOUSEHOLD_COLUMNS, PLACE_COLUMNS

KEY = seed_key(11)


def tables(n, **columns):
    """Return households of one place with given columns, all else zero."""
    h = {c.name: np.zeros(n if c.width == 1 else (n, c.width), c.dtype) for c in HOUSEHOLD_COLUMNS}
    p = {c.name: np.zeros(1, c.dtype) for c in PLACE_COLUMNS}
    h["uid"][:] = np.arange(n)
    h["members"][:] = 1
    p["stop"][:] = n
    for name, values in columns.items():
        h[name][:] = values
    return Households(h), Places(p)


def with_(numbers, **changes):
    return numbers._replace(**changes)


def test_growth_and_shocks_trap_as_often_as_ruin_theory_says():
    """Growth c a month, loss of Exp(a) in logs with chance p: psi(u) = exp(-R u) (a - R) / a."""
    p, g, a, start, line = 0.02, 0.004, 8.0, 1.5, 1000.0
    c = np.log1p(g)
    R = brentq(lambda r: np.exp(-r * c) * (1 - p + p * a / (a - r)) - 1, 1e-6, a - 1e-6)
    expected = np.exp(-R * np.log(start)) * (a - R) / a
    assert expected == pytest.approx(0.18294, abs=1e-5)

    n = 40_000
    h, places = tables(n, productive_assets=start * line, health=1.0)
    rate = -12 * np.log(1 - p)
    danger = with_(
        as_tuple(World().hazards), illness_rate=0.0, accident_rate=rate, accident_concentration=a
    )
    grow = with_(as_tuple(World().capital), depreciation=-12 * g, invest_share=0.0)
    trapped = np.zeros(n, dtype=bool)
    out = np.zeros((1, 2))
    for month in range(2500):
        capital.invest(0, 1, h.arrays, places.arrays, grow, 0.15, 4.0, 5, out)
        hazards.strike(0, 1, h.arrays, places.arrays, danger, np.full(3, 0.454), month, *KEY, out)
        trapped |= h["productive_assets"] < line
        h["productive_assets"][:] = np.minimum(h["productive_assets"], 1e12)
    assert trapped.mean() == pytest.approx(expected, abs=0.012)


def test_the_s_shaped_technique_has_two_stable_stocks_and_a_threshold_between():
    p = with_(
        as_tuple(World().production),
        trap=1.0,
        scale=1500.0,
        second_technique_gain=1.0,
        second_technique_cost=500.0,
        second_technique_capital=14_000.0,
    )
    save, wear = 0.25, 0.10

    def following(K):
        income = normal_output(season_base(0.0, 4.0, K, p), K, 1.5, p)
        return (1 - wear) * K + save * income

    low = brentq(lambda K: following(K) - K, 500, 13_900)
    high = brentq(lambda K: following(K) - K, 14_100, 200_000)
    for start, rest in ((low * 0.5, low), (13_000, low), (14_500, high), (high * 2, high)):
        K = start
        for _ in range(400):
            K = following(K)
        assert pytest.approx(rest, rel=1e-3) == K
    assert high > 1.5 * low


def test_jobs_come_and_go_as_a_two_state_chain():
    """With one worker, chance f to find and l to lose, the share in work rests at f / (f + l)."""
    n = 20_000
    h, places = tables(
        n,
        labour=1,
        motivation=0.65,
        health=1.0,
        skill=1.0,
        schooling=8,
        flags=int(Flag.MANDARIN),
        season_base=1.0,
        pay_level=1.0,
        head_age=40,
    )
    rate, loss = 1.5, 0.6
    w = with_(
        as_tuple(World().work),
        migrant_offer_rate=rate,
        network_effect=0.0,
        digital_effect=0.0,
        local_search_rate=0.0,
        formal_offer_share=0.0,
        moving_cost=0.0,
        care_cost=0.0,
    )
    out = np.zeros((1, 9))
    share = []
    for month in range(120):
        work.find_and_lose_jobs(
            0,
            1,
            h.arrays,
            places.arrays,
            np.ones(1),
            w,
            as_tuple(World().production),
            0.0,
            np.array([[0.0, 0.0, loss, 0.0]] * 2),
            np.ones((2, 3)),
            1.0,
            1.0,
            month,
            *KEY,
            out,
        )
        share.append(h["migrant_informal"].mean())
    found, lost = rate / 12, 1 - np.exp(-loss / 12)
    # who loses a job may find one in the same month: the chain is observed at month's end
    stay = 1 - lost * (1 - found)
    rest = found / (found + (1 - stay))
    assert np.mean(share[60:]) == pytest.approx(rest, abs=0.01)


@pytest.mark.parametrize("income", [0.0, 100.0, 333.0])
def test_a_top_up_to_the_line_closes_the_gap_and_costs_exactly_the_gap(income):
    line, members = 4000.0, np.array([1, 2, 5])
    h, places = tables(3, members=members, month_income=income, flags=int(Flag.DIBAO))
    p = SimpleNamespace(effective_withdrawal=1.0, payment_share=1.0)
    from povsim.machine.kernel_types import record_type

    numbers = record_type("TopUp", list(vars(p)))(**vars(p))
    out = np.zeros((1, 1))
    _pay(0, 1, h.arrays, places.arrays, numbers, line, 1.0, out)
    need = line * members / 12
    np.testing.assert_allclose(h["month_income"], np.maximum(need, income), rtol=1e-6)
    assert out[0, 0] == pytest.approx(np.maximum(need - income, 0).sum(), rel=1e-6)


def test_industry_pays_out_what_it_adds():
    p = as_tuple(World().industry)
    capital_ = np.array([1e6, 3e5])
    yields = productivity(np.array([0.4, 0.9]), np.array([0.7, 0.7]), np.ones(2), p)
    value = value_added(capital_, np.array([80, 60]), 5000.0, yields, p)
    wage = 28_800.0
    np.testing.assert_allclose(jobs_offered(value, wage, p) * wage, p.labour_share * value)
    parts = share_surplus((1 - p.labour_share) * value, np.array([0.3, 1.0]), p)
    np.testing.assert_allclose(sum(parts), (1 - p.labour_share) * value)
    assert parts.to_investors[1] == 0.0
