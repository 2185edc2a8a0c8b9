"""The phases of a month: each hands arrays to kernels and keeps their sums.

A phase changes the state; what it computes is in :mod:`povsim.kernels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from povsim.model import PovertyModel


def bring_weather(model: PovertyModel) -> None:
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


def strike_households(model: PovertyModel) -> None:
    """Let serious illness reach households."""
    p, stress = model.numbers.hazards, model.world.stress
    if model.economy.in_bad_years(model.month):
        p = p._replace(illness_rate=p.illness_rate * stress.illness_factor)
    model.over_places(
        hazards.strike,
        model.households.arrays,
        model.places.arrays,
        p,
        model.rates.out_of_pocket_share,
        model.month,
        *model.key,
        width=2,
    )


def find_and_lose_jobs(model: PovertyModel) -> None:
    """Move workers between the own farm, nearby jobs, workshops and work away."""
    p = model.numbers
    model.filled_jobs = model.over_places(
        work.find_and_lose_jobs,
        model.households.arrays,
        model.places.arrays,
        model.counties["wage_level"],
        p.work,
        p.production,
        p.integration.search_gain,
        model.rates.separation,
        model.rates.offers,
        model.rates.poor_share,
        model.economy.level,
        model.month,
        *model.key,
        width=9,
    )


def operate_industry(model: PovertyModel) -> None:
    """Run village industry: output, jobs, dividends, failures, management."""
    p, places = model.numbers.industry, model.places
    rows = places.rows
    price = model.prices[places["product"]]
    standing = places.industry_capital
    public_share = places["industry_public"] / np.maximum(standing, 1e-9)
    management = places["management"]

    yields = industry.productivity(management, places["infrastructure"], price, p)
    in_use = np.minimum(standing, model.land_limit)
    yearly = industry.value_added(in_use, rows, model.typical_capital, yields, p)
    of_land = model.industry_land * p.land_value * yields / p.output_capital_ratio
    wage = 12.0 * model.world.work.local_wage * model.economy.level
    wage = wage * model.counties["wage_level"][places["county"]]
    places["industry_jobs"][:] = industry.jobs_offered(yearly + of_land, wage, p)
    capacity = np.maximum(places["local_jobs"] + places["industry_jobs"], 1e-9)
    staffed = np.minimum(model.filled_jobs[:, 0] / capacity, 1.0)
    model.industry_value = (yearly + of_land) * staffed
    month = industry.share_surplus(
        (1.0 - p.labour_share) * yearly * staffed / 12.0, public_share, p
    )
    places["village_fund"][:] += month.to_fund
    poor_share = min(p.dividend_poor_share * model.rates.poor_share, 1.0)
    poor = np.maximum(model.poor_by_place, 1.0)
    others = np.maximum(rows - model.poor_by_place, 1.0)
    model.dividend[:, 1] = month.dividends * poor_share / poor
    model.dividend[:, 0] = month.dividends * (1.0 - poor_share) / others
    model.dividend[model.poor_by_place == 0.0, 0] = (month.dividends / np.maximum(rows, 1))[
        model.poor_by_place == 0.0
    ]

    rate = industry.failure_rate(standing, public_share, management, rows, p)
    rate = np.minimum(rate * model.rates.failure, 1.0)
    failed = industry.draw_failures(model.seed, places["uid"], model.month, rate)
    lost = np.where(failed, p.capital_lost, 0.0)
    model.lost_share = lost
    wear = 1.0 - p.depreciation / 12.0
    places["industry_public"][:] *= (1.0 - lost) * wear
    places["industry_private"][:] *= (1.0 - lost) * wear
    places["industry_private"][:] += model.private_investment_due
    model.private_investment_due = p.base_private_investment / 12.0 * rows
    management += model.rates.learning * p.learning * management * (1.0 - management) / 12.0
    reinvested = places["village_fund"] * float(model.month_of_year == 0)
    places["industry_public"][:] += reinvested
    places["village_fund"][:] -= reinvested
    model.fund_flows = (month.to_fund, reinvested)


def produce_and_pay(model: PovertyModel) -> None:
    """Plan seasons, then earn wages, own income, property income and private transfers."""
    p = model.numbers
    plan_years(model, model.month)
    if model.month_of_year == 0:
        model.over_places(
            earnings.start_year,
            model.households.arrays,
            model.places.arrays,
            model.month > 0,
            width=0,
        )
    harvest = model.month_of_year == int(p.hazards.harvest_month) - 1
    model.earned = model.over_places(
        earnings.produce_and_pay,
        model.households.arrays,
        model.places.arrays,
        model.counties["wage_level"],
        model.prices,
        model.dividend,
        p.work,
        p.production,
        p.capability,
        p.economy.deposit_rate,
        model.economy.level,
        harvest,
        width=4,
    )


def plan_years(model: PovertyModel, month: int) -> None:
    """Renew risk, seasons and pay of this month's twelfth of the households."""
    model.over_places(
        earnings.plan_year,
        model.households.arrays,
        model.places.arrays,
        model.mean_capital,
        model.numbers.production,
        model.numbers.work,
        month,
        *model.key,
        width=0,
    )


def spend_and_save(model: PovertyModel) -> None:
    """Consume, help neighbours, borrow, sell in need, and settle savings and debt."""
    p = model.numbers.consumption
    model.spent = model.over_places(
        consumption.spend_and_save,
        model.households.arrays,
        model.places.arrays,
        p,
        p.debt_limit_months,
        model.rates.living_cost,
        model.programmes.announced_loss(model),
        width=consumption.TOTALS,
    )


def invest(model: PovertyModel) -> None:
    """Wear productive capital and add to it where it pays."""
    p = model.numbers
    model.invested = model.over_places(
        capital.invest,
        model.households.arrays,
        model.places.arrays,
        p.capital,
        p.production.capital_elasticity,
        p.consumption.buffer_months,
        model.month_of_year,
        width=2,
    )


def grow_and_wear(model: PovertyModel) -> None:
    """Move skill, health, motivation; let children come of age; integrate or move back."""
    p = model.numbers
    arrays, places = model.households.arrays, model.places.arrays
    model.over_places(capability.grow_and_wear, arrays, places, p.capability, 0.0, width=0)
    if model.month_of_year == SCHOOL_ENDS:
        model.over_places(
            generations.come_of_age, arrays, places, p.capability, model.month, *model.key, width=0
        )
    if p.capability.motivation_mode >= motivation.DEPENDENCY:
        model.over_places(
            motivation.move_motivation, arrays, places, p.capability, model.rates.lever, width=0
        )
    model.moved_back = model.over_places(
        integration.settle_or_return,
        arrays,
        places,
        p.integration,
        model.month,
        *model.key,
    )


def record_welfare(model: PovertyModel) -> None:
    """Store the month's income and move every household in or out of its spell."""
    lines = model.world.lines
    model.fell = model.over_places(
        welfare.record_month,
        model.households.arrays,
        model.places.arrays,
        lines.absolute,
        lines.months_above,
        lines.months_below,
        model.world.consumption.school_cost,
        model.month % 12,
    )


def record_falls(model: PovertyModel) -> None:
    """Record who fell below the line this month, and why; count moves back; let works wear."""
    model.return_moves += model.treasury.represented(model.moved_back[:, 0])
    wear_infrastructure(model)
    if model.fell.sum() == 0.0:
        return
    lines = model.world.lines
    h = model.households
    rows = np.flatnonzero(h["spell"] == int(Spell.FELL))
    worst = (
        h["cause_loss"][rows]
        >= model.world.measurement.cause_share * lines.absolute * h["members"][rows]
    )
    place = np.searchsorted(model.places["stop"], rows, side="right")
    model.falls.append(
        {
            "uid": h["uid"][rows].copy(),
            "month": np.full(len(rows), model.month, dtype=np.int32),
            "registered": model.registered_in_2020[rows],
            "cause": np.where(worst, h["cause"][rows], int(Cause.OTHER)).astype(np.uint8),
            "group": h["group"][rows].copy(),
            "place": place.astype(np.int32),
            "monitored": h["monitoring"][rows] > 0,
            "persons": model.place_weight[place] * h["members"][rows],
        }
    )


def wear_infrastructure(model: PovertyModel) -> None:
    """Let public works wear by what ordinary upkeep leaves."""
    p = model.numbers.capital
    kept = min(p.infrastructure_upkeep, p.infrastructure_decay) - p.infrastructure_decay
    model.places["infrastructure"][:] *= 1.0 + kept / 12.0


SCHOOL_ENDS = 6
"""Month of the year in which children come of age: July, after the school year."""
