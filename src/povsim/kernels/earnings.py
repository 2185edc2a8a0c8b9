"""Monthly earnings: wages, own farm and business, property, private transfers."""

import math

import numpy as np

from povsim.codes import Cause, Flag, Registration
from povsim.kernels.compiled import inlined, kernel
from povsim.kernels.industry import TO_OTHERS, TO_POOR
from povsim.kernels.losses import note_loss
from povsim.kernels.motivation import effort
from povsim.kernels.production import (
    MOST_ELDERS,
    MOST_WORKERS,
    away_factor,
    labour_powers,
    log_own_productivity,
    own_labour,
    pay_factor,
    place_productivity,
    season_base,
    technique,
)
from povsim.kernels.rows import rows_of
from povsim.rng import Stream, normal, philox4x32, uniform

INCOME = int(Stream.INCOME)
BUSINESS = int(Cause.BUSINESS)
WEATHER = int(Cause.WEATHER)
PRICE = int(Cause.PRICE)
MANDARIN = int(Flag.MANDARIN)
UNREGISTERED = int(Registration.NONE)
OLDEST = 110
WAGES, OWN, PROPERTY, PRIVATE = range(4)
"""Columns of the sums of a place: wages, own income, property, private transfers."""
TOTALS = PRIVATE + 1
TWELVE = np.uint32(12)


@kernel
def business_income(output, realised, cost_share):
    """Return net yearly own income when gross output is ``realised`` times normal.

    Inputs are a fixed share of normal gross output, so a bad year can end in a loss;
    ``output`` is net output of a normal year.
    """
    return output * (realised - cost_share) / (1.0 - cost_share)


@kernel
def start_year(first, last, h, places, birthday, out):
    """Set the year's sums to zero and let heads of household grow older.

    ``out`` stays empty: nothing is summed.
    """
    for i in range(places.start[first], places.stop[last - 1]):
        h.year_wage[i] = 0.0
        h.year_business[i] = 0.0
        h.year_property[i] = 0.0
        h.year_transfer[i] = 0.0
        h.year_policy[i] = 0.0
        h.year_consumption[i] = 0.0
        h.year_out_of_pocket[i] = 0.0
        if birthday and h.head_age[i] < OLDEST:
            h.head_age[i] += 1


@kernel
def plan_year(first, last, h, places, mean_capital, prod, w, month, k0, k1, out):
    """Renew income risk, plan the season and agree on pay, in each household's own month.

    Once a year, in the household's month (identity modulo 12), the lasting shock moves as a
    first-order autoregression, the season's shock is drawn, and land, capital, skill and place
    set what the coming year can yield; schooling, skill and health set what its workers are paid.
    With ``month`` below zero everything is planned on the shocks that are there (the start of a
    run).

    Parameters
    ----------
    mean_capital : ndarray, shape (places,)
        Productive capital per household, for the geographic trap.
    """
    renewal = month % 12
    risk = 1.0 / (1.0 - prod.cost_share)
    centre = -0.5 * prod.season_volatility * prod.season_volatility
    for place in range(first, last):
        log_place = place_productivity(
            places.productivity[place], places.infrastructure[place], mean_capital[place], prod
        )
        for i in rows_of(places, place):
            if month >= 0:
                if h.uid[i] % TWELVE != renewal:
                    continue
                r0, r1, _, _ = philox4x32(h.uid[i], month, INCOME, 0, k0, k1)
                innovation = prod.lasting_volatility * normal(uniform(r0))
                shock = prod.season_volatility * normal(uniform(r1))
                h.lasting_shock[i] = prod.lasting_persistence * h.lasting_shock[i] + innovation
                h.season_factor[i] = math.exp(shock + centre)
                bad = max(-shock, 0.0) * risk * max(h.year_business[i], 0.0)
                bad += max(-innovation, 0.0) * 12.0 * h.usual_income[i]
                note_loss(h.cause_loss, h.cause, i, bad, BUSINESS)
            h.pay_level[i] = pay_factor(
                h.schooling[i], h.skill[i], h.health[i], h.wage_ability[i], h.lasting_shock[i], w
            )
            log_own = log_own_productivity(h.skill[i], h.own_ability[i], h.lasting_shock[i], prod)
            h.season_base[i] = season_base(
                log_place + log_own, h.land[i], h.productive_assets[i], prod
            )


@kernel
def healthy_share(labour, ill):
    """Return the share of workers who are well: ill months keep one worker from work."""
    return (labour - 1.0) / labour if ill > 0 and labour > 0 else 1.0


@inlined
def _own_labour_power(powers, labour, waged, elders, healthy, prod):
    """Return own labour to its elasticity: of the table, or computed where it does not reach."""
    if healthy == 1.0 and labour < MOST_WORKERS and elders < MOST_ELDERS:
        power = powers[labour - waged, elders]
    else:
        own = own_labour((labour - waged) * healthy, elders, prod)
        power = math.pow(own, prod.labour_elasticity)
    return power


@kernel
def produce_and_pay(
    first,
    last,
    h,
    places,
    county_wage,
    price,
    dividend,
    w,
    prod,
    capability,
    deposit_rate,
    level,
    harvest,
    out,
):
    """Earn the month's market income and private transfers.

    Parameters
    ----------
    price : ndarray, shape (products,)
        Price of each product, 1 = normal.
    dividend : ndarray, shape (places, 2)
        Yuan a household gets from village industry this month: ``TO_OTHERS`` and ``TO_POOR``.
    level : float
        Level of wages and productivity, 1 at the start.
    harvest : bool
        Whether this month's weather is news.
    out : ndarray, shape (places, 4)
        Wages, own income, property and private transfers, yuan.
    """
    labour, flags, registration = h.labour, h.flags, h.registration
    at_local, at_workshop, at_post = h.at_local, h.at_workshop, h.at_public_post
    informal, formal, elders, ill = h.migrant_informal, h.migrant_formal, h.elders, h.illness_months
    pay_level, usual, motivation = h.pay_level, h.usual_income, h.motivation
    base, season = h.season_base, h.season_factor
    assets, savings, support = h.productive_assets, h.savings, h.family_support
    largest, cause, policy, income = h.cause_loss, h.cause, h.month_policy, h.month_income
    year_wage, year_business = h.year_wage, h.year_business
    year_property, year_transfer = h.year_property, h.year_transfer
    risk = 1.0 / (1.0 - prod.cost_share)
    powers = labour_powers(prod)
    speaking = away_factor(True, w) * w.brought_home_share
    silent = away_factor(False, w) * w.brought_home_share
    for place in range(first, last):
        wage_level = county_wage[places.county[place]]
        market = price[places.product[place]]
        kept = 1.0 - places.weather_loss[place]
        wage_sum, business_sum, property_sum, support_sum = 0.0, 0.0, 0.0, 0.0
        for i in rows_of(places, place):
            supplied = effort(policy[i], usual[i], motivation[i], capability)
            waged = at_local[i] + at_workshop[i] + informal[i] + formal[i] + at_post[i]
            healthy = healthy_share(labour[i], ill[i])
            if ill[i] > 0:
                ill[i] -= 1
            power = _own_labour_power(powers, labour[i], waged, elders[i], healthy, prod)
            slack = 1.0 - prod.labour_elasticity * (1.0 - supplied)  # less effort, to first order
            output = technique(base[i] * power, assets[i], prod) * slack * level
            if harvest:
                note_loss(largest, cause, i, (1.0 - kept) * output * risk, WEATHER)
                note_loss(largest, cause, i, (1.0 - market) * output * risk, PRICE)
            realised = kept * market * season[i]
            business = business_income(output, realised, prod.cost_share) / 12.0
            near = (at_local[i] * w.local_wage + at_workshop[i] * w.workshop_wage) * wage_level
            away = informal[i] * w.migrant_informal_wage + formal[i] * w.migrant_formal_wage
            pay = level * healthy * pay_level[i]
            near *= pay * supplied
            away *= pay * (speaking if flags[i] & MANDARIN else silent)
            remitted = away * w.remitted_share
            wage = near + away - remitted
            rent = savings[i] * deposit_rate / 12.0
            rent += dividend[place, TO_OTHERS if registration[i] == UNREGISTERED else TO_POOR]
            private = support[i] * level + remitted
            policy[i] = 0.0
            income[i] = wage + business + rent + private
            year_wage[i] += wage
            year_business[i] += business
            year_property[i] += rent
            year_transfer[i] += private
            wage_sum += wage
            business_sum += business
            property_sum += rent
            support_sum += private
        out[place, WAGES], out[place, OWN] = wage_sum, business_sum
        out[place, PROPERTY], out[place, PRIVATE] = property_sum, support_sum
