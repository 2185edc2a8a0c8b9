"""The phases of a month: each hands arrays to kernels and keeps their sums.

A phase changes the state; what it computes is in :mod:`povsim.kernels`. What one phase leaves for
another is a flow (:mod:`povsim.state.flows`).
"""

from typing import Any

import numpy as np

from povsim.codes import Cause, CountyClass, Spell
from povsim.kernels import (
    capability,
    capital,
    consumption,
    earnings,
    generations,
    hazards,
    industry,
    integration,
    motivation,
    weather,
    welfare,
    work,
)
from povsim.programmes.stage import Stage

SCHOOL_ENDS = 6
"""Month of the year in which children come of age: July, after the school year."""


def bring_weather(model: Stage) -> None:
    """Settle the year's harvest when its weather becomes known."""
    p = model.numbers.hazards
    if model.month_of_year != int(p.harvest_month) - 1:
        return
    places, counties = model.places, model.counties
    county = places["county"]
    deep = counties["county_class"][county] == int(CountyClass.DEEP_POVERTY)
    usual = p.weather_rate * np.where(deep, p.weather_deep_ratio, 1.0)
    stress = model.world.stress
    factor = stress.weather_factor if model.economy.in_bad_years(model.month) else 1.0
    rate = np.minimum(factor * usual, 0.95)
    bare = weather.harvest_losses(
        model.seed,
        model.month,
        places["uid"],
        counties["uid"][county],
        counties["region"][county],
        rate,
        p,
    )
    places["weather_loss"][:] = bare * (1.0 - p.farmland_protection * places["farmland"])


def strike_households(model: Stage) -> None:
    """Let serious illness reach households."""
    p, stress = model.numbers.hazards, model.world.stress
    if model.economy.in_bad_years(model.month):
        p = p._replace(illness_rate=p.illness_rate * stress.illness_factor)
    model.walk_places(
        hazards.strike,
        width=hazards.TOTALS,
        p=p,
        out_of_pocket_share=model.rates.out_of_pocket_share,
        **_luck(model),
    )


def find_and_lose_jobs(model: Stage) -> None:
    """Move workers between the own farm, nearby jobs, workshops and work away."""
    p, rates = model.numbers, model.rates
    model.walk_places(
        work.find_and_lose_jobs,
        into="filled_jobs",
        county_wage=model.counties["wage_level"],
        w=p.work,
        prod=p.production,
        integration_gain=p.integration.search_gain,
        separation=rates.separation,
        offers=rates.offers,
        poor_share=rates.poor_share,
        level=model.economy.level,
        **_luck(model),
    )


def operate_industry(model: Stage) -> None:
    """Run village industry: output, jobs, dividends, failures, management."""
    p, places, flows = model.numbers.industry, model.places, model.flows
    rows = places.rows
    price = model.prices[places["product"]]
    standing = places.industry_capital
    public_share = places["industry_public"] / np.maximum(standing, 1e-9)
    management = places["management"]

    yields = industry.productivity(management, places["infrastructure"], price, p)
    in_use = np.minimum(standing, flows.land_limit)
    yearly = industry.value_added(in_use, rows, model.typical_capital, yields, p)
    of_land = flows.industry_land * p.land_value * yields / p.output_capital_ratio
    wage = 12.0 * model.world.work.local_wage * model.economy.level
    wage = wage * model.counties["wage_level"][places["county"]]
    places["industry_jobs"][:] = industry.jobs_offered(yearly + of_land, wage, p)
    capacity = np.maximum(places["local_jobs"] + places["industry_jobs"], 1e-9)
    staffed = np.minimum(flows.filled_jobs[:, work.FILLED_LOCAL] / capacity, 1.0)
    flows.industry_value = (yearly + of_land) * staffed
    month = industry.share_surplus(
        (1.0 - p.labour_share) * yearly * staffed / 12.0, public_share, p
    )
    places["village_fund"][:] += month.to_fund
    poor_share = min(p.dividend_poor_share * model.rates.poor_share, 1.0)
    flows.dividend = industry.share_dividends(
        month.dividends, rows, model.poor_by_place, poor_share
    )

    rate = industry.failure_rate(standing, public_share, management, rows, p)
    rate = np.minimum(rate * model.rates.failure, 1.0)
    failed = industry.draw_failures(model.seed, places["uid"], model.month, rate)
    lost = np.where(failed, p.capital_lost, 0.0)
    wear = 1.0 - p.depreciation / 12.0
    places["industry_public"][:] *= (1.0 - lost) * wear
    places["industry_private"][:] *= (1.0 - lost) * wear
    places["industry_private"][:] += flows.private_investment_due
    management += model.rates.learning * p.learning * management * (1.0 - management) / 12.0
    reinvested = places["village_fund"] * float(model.month_of_year == 0)
    places["industry_public"][:] += reinvested
    places["village_fund"][:] -= reinvested
    flows.lost_share = lost
    flows.private_investment_due = p.base_private_investment / 12.0 * rows
    flows.to_village_fund, flows.reinvested = month.to_fund, reinvested


def produce_and_pay(model: Stage) -> None:
    """Plan seasons, then earn wages, own income, property income and private transfers."""
    p = model.numbers
    plan_years(model, model.month)
    if model.month_of_year == 0:
        model.walk_places(earnings.start_year, birthday=model.month > 0)
    model.walk_places(
        earnings.produce_and_pay,
        into="earned",
        county_wage=model.counties["wage_level"],
        price=model.prices,
        dividend=model.flows.dividend,
        w=p.work,
        prod=p.production,
        capability=p.capability,
        deposit_rate=p.economy.deposit_rate,
        level=model.economy.level,
        harvest=model.month_of_year == int(p.hazards.harvest_month) - 1,
    )


def plan_years(model: Stage, month: int) -> None:
    """Renew risk, seasons and pay of this month's twelfth of the households."""
    p = model.numbers
    model.walk_places(
        earnings.plan_year,
        mean_capital=model.mean_capital,
        prod=p.production,
        w=p.work,
        **_luck(model) | {"month": month},
    )


def spend_and_save(model: Stage) -> None:
    """Consume, help neighbours, borrow, sell in need, and settle savings and debt."""
    p = model.numbers.consumption
    model.walk_places(
        consumption.spend_and_save,
        into="spent",
        p=p,
        debt_limit_months=p.debt_limit_months,
        living_cost=model.rates.living_cost,
        ending=model.flows.ending_support,
    )


def invest(model: Stage) -> None:
    """Wear productive capital and add to it where it pays."""
    p = model.numbers
    model.walk_places(
        capital.invest,
        into="invested",
        p=p.capital,
        capital_elasticity=p.production.capital_elasticity,
        buffer_months=p.consumption.buffer_months,
        month_of_year=model.month_of_year,
    )


def grow_and_wear(model: Stage) -> None:
    """Move skill, health, motivation; let children come of age; integrate or move back."""
    p = model.numbers
    model.walk_places(capability.grow_and_wear, p=p.capability, hunger_line=0.0)
    if model.month_of_year == SCHOOL_ENDS:
        model.walk_places(generations.come_of_age, p=p.capability, **_luck(model))
    if p.capability.motivation_mode >= motivation.DEPENDENCY:
        model.walk_places(motivation.move_motivation, p=p.capability, lever=model.rates.lever)
    model.walk_places(
        integration.settle_or_return, into="moved_back", p=p.integration, **_luck(model)
    )


def record_welfare(model: Stage) -> None:
    """Store the month's income and move every household in or out of its spell."""
    lines = model.world.lines
    model.walk_places(
        welfare.record_month,
        into="fell",
        line=lines.absolute,
        months_above=lines.months_above,
        months_below=lines.months_below,
        school_cost=model.world.consumption.school_cost,
        slot=model.month_of_year,
    )


def record_falls(model: Stage) -> None:
    """Record who fell below the line this month, and why; count moves back; let works wear."""
    flows = model.flows
    flows.return_moves += model.treasury.represented(flows.moved_back.ravel())
    wear_infrastructure(model)
    flows.persons_fallen = 0.0
    if flows.fell.sum() == 0.0:
        return
    lines = model.world.lines
    h = model.households
    rows = np.flatnonzero(h["spell"] == int(Spell.FELL))
    worst = (
        h["cause_loss"][rows]
        >= model.world.measurement.cause_share * lines.absolute * h["members"][rows]
    )
    place = np.searchsorted(model.places["stop"], rows, side="right")
    persons = model.place_weight[place] * h["members"][rows]
    flows.persons_fallen = float(persons.sum())
    flows.falls.append(
        {
            "uid": h["uid"][rows].copy(),
            "month": np.full(len(rows), model.month, dtype=np.int32),
            "registered": model.registered_in_2020[rows],
            "cause": np.where(worst, h["cause"][rows], int(Cause.OTHER)).astype(np.uint8),
            "group": h["group"][rows].copy(),
            "place": place.astype(np.int32),
            "monitored": h["monitoring"][rows] > 0,
            "persons": persons,
        }
    )


def wear_infrastructure(model: Stage) -> None:
    """Let public works wear by what ordinary upkeep leaves."""
    p = model.numbers.capital
    kept = min(p.infrastructure_upkeep, p.infrastructure_decay) - p.infrastructure_decay
    model.places["infrastructure"][:] *= 1.0 + kept / 12.0


def _luck(model: Stage) -> dict[str, Any]:
    """Return what keys the draws of a kernel: the month and the two words of the seed."""
    k0, k1 = model.key
    return {"month": model.month, "k0": k0, "k1": k1}
