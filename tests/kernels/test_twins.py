"""Slow, plain twins agree with the kernels."""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm

from povsim.codes import HISTORY_UNIT, Flag, Spell
from povsim.kernels import (
    capability,
    capital,
    consumption,
    earnings,
    generations,
    hazards,
    integration,
    ranks,
    welfare,
    work,
)
from povsim.kernels.places import PlaceRunner
from povsim.params import GROUPS, World, as_tuple
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
    recovery = p.health_recovery * (0.5 + 0.5 * services) * (p.resting_health - health)
    health_after = health + (recovery - p.health_overwork * h["migrant_informal"] / labour) / 12
    hungry = (h["savings"] <= 0) & (h["debt"] > 0)
    health_after -= np.where(hungry, p.health_hunger / 12, 0)
    capability.grow_and_wear(0, len(places), h.arrays, places.arrays, p, 0.0, out(places))
    np.testing.assert_allclose(h["skill"], skill_after, rtol=1e-6)
    np.testing.assert_allclose(h["health"], np.clip(health_after, 0.05, 1), rtol=1e-6)


def test_coming_of_age_agrees_with_its_numpy_twin(drawn):
    h, places = drawn
    p, key, month = as_tuple(W.capability)._replace(motivation_mode=2.0), seed_key(4), 17
    h["motivation"][:] = 0.4
    words = uniform_block(4, h["uid"], month, Stream.GENERATIONS)
    children, labour = h["children"].astype(float), h["labour"].astype(float)
    due = (children > 0) & (labour > 0) & (words[:, 0] < children / 18)
    skill, start = h["skill"].astype(float), h["child_skill"].astype(float)
    born = 100 * (0.5 + 0.5 * skill + p.child_talent * norm.ppf(words[:, 1]))
    skill_after = np.where(due, skill + (start / 100 - skill) / np.maximum(labour, 1), skill)
    mean = start + (born - start) / np.maximum(children, 1)
    start_after = np.where(due, np.floor(np.clip(mean, 20, 150) + 0.5), start)
    generations.come_of_age(0, len(places), h.arrays, places.arrays, p, month, *key, out(places))
    np.testing.assert_allclose(h["skill"], skill_after, rtol=1e-6)
    np.testing.assert_allclose(h["child_skill"], start_after)
    young = 1 / np.maximum(labour, 1)
    np.testing.assert_allclose(h["motivation"], np.where(due, 0.4 + young * 0.125, 0.4), rtol=1e-6)
    assert 5 < due.sum() < 60


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
    named = {"h": h.arrays, "places": places.arrays, "p": p, "hunger_line": 0.0, "out": sums}
    runner.together([partial(capability.grow_and_wear, **named)])
    capability.grow_and_wear(0, len(places), plain.arrays, places.arrays, p, 0.0, out(places))
    np.testing.assert_array_equal(h["skill"], plain["skill"])


def words(seed, uid, month, stream):
    return uniform_block(seed, np.atleast_1d(uid), month, stream)


def by_row(places, values):
    return np.repeat(values, places["stop"] - places["start"])


def of_place(places, values):
    return np.add.reduceat(values, places["start"])


JOBS = ("at_local", "at_workshop", "migrant_informal", "migrant_formal")


def jobs_after_a_month(h, places, county_wage, p, rates, level, month):
    """Plain rules of one month of wage work; changes and returns copies of the job columns."""
    w, prod = p.work, p.production
    at = {name: h[name].astype(int) for name in (*JOBS, "network")}
    lost = offered = 0
    for k in range(len(places)):
        place = {name: places[name][k] for name in places}
        rows = np.arange(place["start"], place["stop"])
        local, shops = at["at_local"][rows].sum(), at["at_workshop"][rows].sum()
        home = int(place["kind"] != 0)
        room = place["local_jobs"] + place["industry_jobs"]
        free = max(0, room - local)
        vacant = {"poor": free * min(1, place["poor_job_share"] * rates.poor_share)}
        vacant |= {"all": free - vacant["poor"], "shop": max(0, place["workshop_jobs"] - shops)}
        layoff = rates.separation[home].copy()
        layoff[0] += 12 * max(0, local - room) / max(local, 1)
        layoff[1] += 12 * max(0, shops - place["workshop_jobs"]) / max(shops, 1)
        wages = np.array([w.local_wage, w.workshop_wage]) * county_wage[place["county"]]
        first = 1 + int(words(4, place["uid"], month, Stream.PLACEMENT)[0, 0] * len(rows))
        for i in np.roll(rows, -first):
            if h["labour"][i] == 0:
                continue
            u_loss, u_offer = words(4, h["uid"][i], month, Stream.JOBS)[0, :2]
            hazards_ = np.cumsum([at[name][i] for name in JOBS] * layoff)
            if u_loss < 1 - np.exp(-hazards_[-1] / 12):
                gone = JOBS[np.searchsorted(hazards_, -12 * np.log(1 - u_loss), side="right")]
                at[gone][i] -= 1
                if gone.startswith("migrant"):
                    at["network"][i] = max(at["network"][i] - 1, 0)
                lost += 1
            own_workers = h["labour"][i] - sum(at[name][i] for name in JOBS)
            own_workers -= h["at_public_post"][i]
            if own_workers <= 0 or h["illness_months"][i] > 0:
                continue
            keen = float(h["motivation"][i]) / 0.65
            kin = np.log(1 + at["network"][i])
            away_rate = w.migrant_offer_rate * keen * rates.offers[home, h["registration"][i]]
            away_rate *= np.exp(w.network_effect * kin + w.digital_effect * place["digital"])
            search = w.local_search_rate * keen
            if place["kind"]:
                search *= 1 + p.integration.search_gain * h["integration"][i]
            own = prod.idle_labour + own_workers + prod.elder_labour * h["elders"][i]
            own_value = float(h["season_base"][i]) * own**prod.labour_elasticity * level
            own_value *= prod.labour_elasticity / own / 12
            u_contract, u_choice = words(4, h["uid"][i], month, Stream.OFFERS)[0, :2]
            if u_offer < away_rate / 12:
                formal = u_contract < w.formal_offer_share
                wage = w.migrant_formal_wage if formal else w.migrant_informal_wage
                tongue = 1 if h["flags"][i] & Flag.MANDARIN else np.exp(-w.language_penalty)
                wage *= w.months_away / 12 * tongue
                dependants = h["children"][i] + h["disabled"][i]
                wage *= 1 - w.moving_cost - w.care_cost * dependants
                job = "migrant_formal" if formal else "migrant_informal"
            elif u_offer > 1 - search / 12:
                poor = h["registration"][i] > 0
                seats = [("poor", poor), ("all", True), ("shop", poor)]
                seat = next((s for s, may in seats if may and vacant[s] >= 1), None)
                if seat is None:
                    continue
                job = "at_workshop" if seat == "shop" else "at_local"
                wage = wages[int(job == "at_workshop")]
            else:
                continue
            offered += 1
            better = wage * h["pay_level"][i] * level - own_value
            if u_choice < 1 / (1 + np.exp(-better / (w.choice_noise * w.local_wage * level))):
                at[job][i] += 1
                if job.startswith("migrant"):
                    at["network"][i] = min(at["network"][i] + 1, max(12, at["network"][i]))
                else:
                    vacant[seat] -= 1
    return at, lost, offered


def test_jobs_are_lost_offered_chosen_and_rationed_as_the_plain_rules_say(drawn):
    h, places = drawn
    rng, level = np.random.default_rng(3), 1.2
    h["season_base"][:] = rng.uniform(2000, 60_000, len(h))
    h["pay_level"][:] = rng.uniform(0.4, 1.5, len(h))
    h["integration"][:] = rng.uniform(0, 1, len(h))
    places["local_jobs"][:] *= 1.2
    p = SimpleNamespace(**{name: as_tuple(getattr(W, name)) for name in GROUPS})
    rates = SimpleNamespace(
        separation=np.array([[0.9, 1.2, 1.5, 0.8], [0.6, 1.8, 1.1, 1.4]]),
        offers=np.array([[1.0, 1.6, 1.2], [0.9, 2.0, 1.4]]),
        poor_share=1.3,
    )
    wage = rng.uniform(0.8, 1.2, 1 + places["county"].max())
    lost = offered = 0
    for month in range(6):
        after, gone, asked = jobs_after_a_month(h, places, wage, p, rates, level, month)
        lost, offered = lost + gone, offered + asked
        sums = out(places, 9)
        work.find_and_lose_jobs(
            0,
            len(places),
            h.arrays,
            places.arrays,
            wage,
            p.work,
            p.production,
            p.integration.search_gain,
            rates.separation,
            rates.offers,
            rates.poor_share,
            level,
            month,
            *seed_key(4),
            sums,
        )
        for name, expected in after.items():
            np.testing.assert_array_equal(h[name], expected, err_msg=f"{name} in month {month}")
        np.testing.assert_array_equal(sums[:, 0], of_place(places, after["at_local"]))
        np.testing.assert_array_equal(sums[:, 1], of_place(places, after["at_workshop"]))
    assert lost > 50
    assert offered > 50


@pytest.mark.parametrize("month", [-1, 7])
def test_the_plan_of_a_year_agrees_with_its_numpy_twin(drawn, month):
    h, places = drawn
    prod, w = as_tuple(W.production), as_tuple(W.work)
    h["year_business"][:] = np.random.default_rng(5).uniform(-2000, 20_000, len(h))
    h["cause_loss"][:] = 500.0
    now = np.full(len(h), True) if month < 0 else h["uid"] % 12 == month % 12
    draws = norm.ppf(words(4, h["uid"], month, Stream.INCOME)[:, :2]) if month >= 0 else 0.0
    lasting, season = h["lasting_shock"].astype(float), h["season_factor"].astype(float)
    worst = np.full(len(h), 500.0)
    if month >= 0:
        innovation, shock = (draws * [prod.lasting_volatility, prod.season_volatility]).T
        lasting = np.where(now, prod.lasting_persistence * lasting + innovation, lasting)
        season = np.where(now, np.exp(shock - prod.season_volatility**2 / 2), season)
        bad = np.maximum(-shock, 0) / (1 - prod.cost_share) * np.maximum(h["year_business"], 0)
        bad += np.maximum(-innovation, 0) * 12 * h["usual_income"]
        worst = np.where(now, np.maximum(worst, bad), worst)
    pay = w.schooling_return * (h["schooling"] - 8.0) + w.skill_return * (h["skill"] - 1)
    pay += w.health_return * (h["health"] - 1) + h["wage_ability"] + lasting
    log_own = prod.skill_return * (h["skill"] - 1) + h["own_ability"] + lasting
    works = 1 + prod.infrastructure_return * places["infrastructure"]
    base = prod.scale * by_row(places, places["productivity"] * works) * np.exp(log_own)
    base *= (h["land"] + prod.garden) ** prod.land_elasticity
    base *= (np.maximum(h["productive_assets"], 1) / 1000) ** prod.capital_elasticity
    before = h["season_base"].copy()
    earnings.plan_year(
        0,
        len(places),
        h.arrays,
        places.arrays,
        np.full(len(places), 9000.0),
        prod,
        w,
        month,
        *seed_key(4),
        out(places, 0),
    )
    np.testing.assert_allclose(h["lasting_shock"], lasting, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(h["season_factor"], season, rtol=1e-6)
    np.testing.assert_allclose(h["pay_level"][now], np.exp(pay)[now], rtol=1e-5)
    np.testing.assert_allclose(h["season_base"], np.where(now, base, before), rtol=1e-5)
    np.testing.assert_allclose(h["cause_loss"], worst, rtol=1e-5)


@pytest.mark.parametrize("trap", ["concave", "s_shaped"])
def test_earnings_agree_with_their_numpy_twin(drawn, trap):
    h, places = drawn
    rng, n, level, deposit = np.random.default_rng(6), len(h), 1.3, 0.015
    w, prod = as_tuple(W.work), as_tuple(replace(W.production, trap=trap))
    capability_ = as_tuple(W.capability)
    h["season_base"][:] = rng.uniform(2000, 60_000, n)
    h["season_factor"][:] = rng.uniform(0.2, 1.6, n)
    h["pay_level"][:] = rng.uniform(0.4, 1.5, n)
    h["month_policy"][:] = rng.uniform(-500, 3000, n)
    h["illness_months"][:] = rng.integers(0, 3, n)
    h["productive_assets"][:] = rng.uniform(0, 40_000, n)
    h["year_wage"][:] = 100.0
    places["weather_loss"][:] = rng.uniform(0, 0.5, len(places))
    wage = rng.uniform(0.8, 1.2, 1 + places["county"].max())
    price = rng.uniform(0.7, 1.3, 1 + places["product"].max())
    dividend = rng.uniform(0, 90, (len(places), 2))

    unearned = np.clip(h["month_policy"] / np.maximum(h["usual_income"], 1), 0, 1)
    supplied = 1 - capability_.income_effect * unearned
    jobs = {name: h[name].astype(float) for name in (*JOBS, "labour", "elders", "at_public_post")}
    ill = h["illness_months"].astype(int)
    sick = (ill > 0) & (jobs["labour"] > 0)
    fit = np.where(sick, (jobs["labour"] - 1) / np.maximum(jobs["labour"], 1), 1.0)
    idle = jobs["labour"] - sum(jobs[name] for name in JOBS) - jobs["at_public_post"]
    own = prod.idle_labour + idle * fit + prod.elder_labour * jobs["elders"]
    output = h["season_base"] * own**prod.labour_elasticity
    if trap == "s_shaped":
        better = output * (1 + prod.second_technique_gain) - prod.second_technique_cost
        can = h["productive_assets"] >= prod.second_technique_capital
        output = np.where(can, np.maximum(output, better), output)
    output = output * (1 - prod.labour_elasticity * (1 - supplied)) * level
    realised = by_row(places, (1 - places["weather_loss"]) * price[places["product"]])
    cost = prod.cost_share
    business = output * (realised * h["season_factor"] - cost) / (1 - cost) / 12
    pay = level * fit * h["pay_level"] * supplied
    near = (jobs["at_local"] * w.local_wage + jobs["at_workshop"] * w.workshop_wage) * pay
    near *= by_row(places, wage[places["county"]])
    tongue = np.where(h["flags"] & Flag.MANDARIN, 1, np.exp(-w.language_penalty))
    away = jobs["migrant_informal"] * w.migrant_informal_wage
    away = away + jobs["migrant_formal"] * w.migrant_formal_wage
    away *= level * fit * h["pay_level"] * tongue * w.months_away / 12 * w.brought_home_share
    poor = (h["registration"] > 0).astype(int)
    rent = h["savings"] * deposit / 12
    rent = rent + dividend[np.repeat(np.arange(len(places)), places.rows), poor]
    parts = {
        "year_wage": near + (1 - w.remitted_share) * away,
        "year_business": business,
        "year_property": rent,
        "year_transfer": h["family_support"] * level + w.remitted_share * away,
    }
    before = {name: h[name].astype(float) for name in parts}
    sums = out(places, 4)
    earnings.produce_and_pay(
        0,
        len(places),
        h.arrays,
        places.arrays,
        wage,
        price,
        dividend,
        w,
        prod,
        capability_,
        deposit,
        level,
        False,
        sums,
    )
    np.testing.assert_allclose(h["month_income"], sum(parts.values()), rtol=1e-5, atol=0.01)
    for k, (name, part) in enumerate(parts.items()):
        np.testing.assert_allclose(h[name], before[name] + part, rtol=1e-5, atol=0.02, err_msg=name)
        np.testing.assert_allclose(sums[:, k], of_place(places, part), rtol=1e-6, err_msg=name)
    np.testing.assert_array_equal(h["illness_months"], np.maximum(ill - 1, 0))
    assert (h["month_policy"] == 0).all()


def spend_of_a_place(h, rows, place, p, town):
    """Plain rules of a month's spending; returns columns after it and the place's sums."""
    bill, savings = h["out_of_pocket"][rows].astype(float), h["savings"][rows].astype(float)
    need = p.risk_sharing * bill.sum()
    able = p.risk_sharing_cap * np.maximum(savings, 0)[bill <= 0].sum()
    moved = min(need, able)
    helped = p.risk_sharing * bill * (moved / need if need > 0 else 0)
    given = np.where(bill > 0, 0, p.risk_sharing_cap * np.maximum(savings, 0))
    helped = helped - given * (moved / able if able > 0 else 0)
    after, totals = (
        [],
        {"sold": 0.0, "sales": 0.0, "forgiven": 0.0, "arrears": 0.0, "borrowed": 0.0},
    )
    for k, i in enumerate(rows):
        usual, debt = max(h["usual_income"][i], 1.0), float(h["debt"][i])
        adults, children = max(h["members"][i] - h["children"][i], 1), h["children"][i]
        minors = min(children, h["members"][i] - 1)
        scale = 1 + p.adult_scale * (adults - 1) + p.child_scale * minors
        floor = p.subsistence * scale / 12
        if not h["flags"][i] & Flag.RETURNED:
            floor += town * place["living_cost"] / 12
        means = savings[k] + h["month_income"][i] + helped[k] - bill[k]
        means -= (
            children * p.school_cost / 12 + debt * p.kin_loan_rate / 12 + debt / p.kin_loan_term
        )
        debt -= debt / p.kin_loan_term
        stock, left = float(h["productive_assets"][i]), 0.0
        if means >= floor:
            wish = floor + p.marginal_propensity * max(0, usual - floor)
            wish += p.buffer_draw / 12 * max(0, savings[k] - p.buffer_months * usual)
            spent = min(wish, means)
            left = means - spent
        else:
            loan = min(floor - means, max(0, p.kin_loan_months * usual - debt))
            debt, missing = debt + loan, floor - means - loan
            totals["borrowed"] += loan
            if missing > 0 and stock > p.smallest_lot:
                price = p.smallest_lot * (1 - p.distress_discount)
                lots = min(np.floor(missing / price) + 1, np.floor(stock / p.smallest_lot))
                stock -= lots * p.smallest_lot
                missing -= lots * price
                totals["sold"] += lots * price
                totals["sales"] += place["weight"]
            spent, left = floor - max(missing, 0), max(-missing, 0)
            unpaid = max(0, floor / 2 - spent)
            spent, debt = spent + unpaid, debt + unpaid
            totals["arrears"] += unpaid
        limit = p.debt_limit_months * usual
        totals["forgiven"] += max(0, debt - limit)
        after.append((left, min(debt, limit), stock, spent))
    return np.array(after), totals


def test_spending_agrees_with_its_plain_rules(drawn):
    h, places = drawn
    rng, n = np.random.default_rng(7), len(h)
    p = as_tuple(replace(W.consumption, kin_loan_rate=0.05))
    h["month_income"][:] = rng.normal(2500, 3000, n)
    h["savings"][:] = np.where(rng.random(n) < 0.4, 0, rng.uniform(0, 60_000, n))
    h["debt"][:] = np.where(rng.random(n) < 0.5, 0, rng.uniform(0, 150_000, n))
    h["out_of_pocket"][:] = np.where(rng.random(n) < 0.1, rng.uniform(500, 60_000, n), 0)
    h["year_consumption"][:] = 0.0
    before = h["month_income"].astype(float), h["usual_income"].astype(float)
    after, sums = [], []
    for k in range(len(places)):
        place = {name: places[name][k] for name in places}
        rows = range(place["start"], place["stop"])
        columns, totals = spend_of_a_place(h, np.array(rows), place, p, town=0.8)
        after.append(columns)
        sums.append(totals)
    left, debt, stock, spent = np.concatenate(after).T
    booked = out(places, consumption.TOTALS)
    consumption.spend_and_save(
        0, len(places), h.arrays, places.arrays, p, p.debt_limit_months, 0.8, 0.0, booked
    )
    np.testing.assert_allclose(h["savings"], left, rtol=1e-5, atol=0.02)
    np.testing.assert_allclose(h["debt"], debt, rtol=1e-5, atol=0.02)
    np.testing.assert_allclose(h["productive_assets"], stock, rtol=1e-6)
    np.testing.assert_allclose(h["year_consumption"], spent, rtol=1e-5)
    usual = before[1] + p.income_learning / 12 * (before[0] - before[1])
    np.testing.assert_allclose(h["usual_income"], usual, rtol=1e-5, atol=0.01)
    for name in sums[0]:
        column = booked[:, getattr(consumption, name.upper())]
        np.testing.assert_allclose(
            column, [s[name] for s in sums], rtol=1e-5, atol=0.05, err_msg=name
        )
        assert sum(s[name] for s in sums) > 0, name


def test_life_at_sites_agrees_with_its_numpy_twin(drawn):
    h, places = drawn
    rng, month = np.random.default_rng(8), 5
    p = as_tuple(replace(W.integration, return_rate=0.3))
    h["integration"][:] = rng.uniform(0, 1, len(h))
    h["flags"][rng.random(len(h)) < 0.1] |= np.uint16(Flag.RETURNED)
    site = by_row(places, places.is_site)
    lives = site & ((h["flags"] & Flag.RETURNED) == 0)
    waged = sum(h[name].astype(float) for name in JOBS) / np.maximum(h["labour"], 1)
    gain = p.base + p.culture * by_row(places, places["culture"]) + p.employment * waged
    gain = gain + p.services * by_row(places, places["services"])
    level = h["integration"].astype(float)
    after = level + (gain * (1 - level) - p.idleness * (1 - waged) * level) / 12
    land = (h["flags"] & Flag.LANDLESS) == 0
    log_rate = p.return_land * land - p.return_integration * after - p.return_employment * waged
    rate = p.return_rate * np.exp(log_rate)
    u = words(4, h["uid"], month, Stream.RETURN_MOVE)[:, 0]
    moves = lives & (u < 1 - np.exp(-rate / 12))
    flags, shop = h["flags"].copy(), h["at_workshop"].copy()
    sums = out(places, 1)
    integration.settle_or_return(
        0, len(places), h.arrays, places.arrays, p, month, *seed_key(4), sums
    )
    np.testing.assert_allclose(h["integration"], np.where(lives, after, level), rtol=1e-5)
    np.testing.assert_array_equal(h["flags"] != flags, moves)
    np.testing.assert_array_equal(h["at_workshop"], np.where(moves, 0, shop))
    np.testing.assert_array_equal(sums[:, 0], of_place(places, moves.astype(float)))
    assert moves.sum() > 0
    assert lives.sum() > moves.sum()


def gini_of_pairs(x, w):
    apart = np.abs(x[:, None] - x[None, :])
    return (w[:, None] * w[None, :] * apart).sum() / (2 * w.sum() * (w @ x))


def test_ranks_agree_with_medians_and_pairwise_ginis_of_every_subset():
    rng, n, places = np.random.default_rng(9), 700, 20
    income = rng.lognormal(9, 0.8, n).astype(np.float32)
    income[:30] = -rng.uniform(0, 3000, 30)
    income[30:60] = 8000.0
    rows_persons = (rng.integers(1, 8, n) * rng.uniform(1, 50, n)).astype(np.float32)
    persons = rows_persons.astype(float)
    group, registered = rng.integers(0, 6, n), rng.random(n) < 0.3
    place = rng.integers(0, places, n).astype(np.int32)
    region, kind = rng.integers(0, 3, (2, places)).astype(np.uint8)
    every = [np.full(n, True), *(group == g for g in range(6)), registered]
    every += [*(region[place] == r for r in range(4)), *(kind[place] == c for c in range(3))]
    totals = np.array([persons[rows].sum() for rows in every])
    result, beneath = np.zeros((15, ranks.RANKS)), np.zeros((12, 12))
    order = np.argsort(income, kind="stable")
    np.testing.assert_array_equal(ranks.rising(income), order)
    cell = (2 * group + registered).astype(np.uint8)
    columns = (income, rows_persons, cell, region, kind, place)
    whole = ranks.rank(order, *columns, totals, result, beneath)
    everybody = np.maximum(income, 0).astype(float)
    for s, rows in enumerate(every):
        if not rows.any():
            assert np.isnan(result[s, 0])
            continue
        sorted_ = np.argsort(income[rows], kind="stable")
        reached = np.cumsum(persons[rows][sorted_]) >= totals[s] / 2
        assert result[s, 0] == income[rows][sorted_][reached][0]
        expected = gini_of_pairs(np.maximum(income[rows], 0).astype(float), persons[rows])
        assert result[s, 1] == pytest.approx(expected, rel=1e-9)
        spread = np.maximum(income[rows][sorted_], 0).astype(float) * persons[rows][sorted_]
        curve = np.interp(
            ranks.SHARES,
            np.r_[0, np.cumsum(persons[rows][sorted_])] / totals[s],
            np.r_[0, np.cumsum(spread)] / spread.sum(),
        )
        np.testing.assert_allclose(result[s, ranks.CURVE :], curve, rtol=1e-9)
    assert not every[11].any()
    short = persons * (np.maximum(everybody[None, :] - everybody[:, None], 0.0) @ persons)
    for c in range(12):
        rows = cell == c
        left = persons[rows].sum() * whole - beneath[:, c].sum()
        assert left == pytest.approx(short[rows].sum(), rel=1e-7)
