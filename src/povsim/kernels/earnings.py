"""Monthly earnings: wages, own farm and business, property, private transfers."""

import math

from numba import njit

from povsim.kernels.losses import note_loss
from povsim.kernels.production import (
    away_factor,
    log_own_productivity,
    normal_output,
    own_labour,
    pay_factor,
    place_productivity,
)
from povsim.rng import Stream, normal, philox4x32, uniform
from povsim.codes import Cause, Flag, Registration

INCOME = int(Stream.INCOME)
BUSINESS = int(Cause.BUSINESS)
WEATHER = int(Cause.WEATHER)
PRICE = int(Cause.PRICE)
MANDARIN = int(Flag.MANDARIN)
RETURNED = int(Flag.RETURNED)
UNREGISTERED = int(Registration.NONE)
INCOME_EFFECT = 1.0


@njit(cache=True, nogil=True)
def renew_risk(h, i, normal_year, prod, month, k0, k1):  # type: ignore[no-untyped-def]
    """Renew the household's income risk, once a year in its own month.

    The lasting shock is a first-order autoregression; the season's shock lasts until the next
    renewal. A bad season is noted as a loss of business.
    """
    r0, r1, _, _ = philox4x32(h.uid[i], month, INCOME, 0, k0, k1)
    innovation = prod.lasting_volatility * normal(uniform(r0))
    h.lasting_shock[i] = prod.lasting_persistence * h.lasting_shock[i] + innovation
    h.season_shock[i] = prod.season_volatility * normal(uniform(r1))
    loss = max(-h.season_shock[i], 0.0) * normal_year + max(-innovation, 0.0) * 12.0 * h.usual_income[i]
    note_loss(h, i, loss, BUSINESS)


@njit(cache=True, nogil=True)
def wages(h, i, wage_level, level, w):  # type: ignore[no-untyped-def]
    """Return the month's pay at home and the pay that migrants bring home, yuan."""
    near = h.at_local[i] * w.local_wage + h.at_workshop[i] * w.workshop_wage
    away = h.migrant_informal[i] * w.migrant_informal_wage + h.migrant_formal[i] * w.migrant_formal_wage
    if near + away == 0.0:
        return 0.0, 0.0
    factor = level * pay_factor(h, i, w)
    speaks = (h.flags[i] & MANDARIN) != 0
    return (
        near * wage_level * factor,
        away * factor * away_factor(speaks, w) * w.brought_home_share,
    )


@njit(cache=True, nogil=True)
def effort(h, i, capability):  # type: ignore[no-untyped-def]
    """Return the share of labour that is supplied, given unearned support.

    Under ``income_effect`` labour falls in proportion to the share of usual income that came
    from programmes last month.
    """
    if capability.motivation_mode != INCOME_EFFECT or h.month_policy[i] <= 0.0:
        return 1.0
    passive = min(1.0, h.month_policy[i] / max(h.usual_income[i], 1.0))
    return 1.0 - capability.income_effect * passive


@njit(cache=True, nogil=True)
def produce_and_pay(  # type: ignore[no-untyped-def]
    first, last, h, places, county_wage, mean_capital, price, dividend, w, prod, capability,
    deposit_rate, level, month, new_year, harvest, k0, k1, out,
):
    """Earn the month's market income and private transfers.

    Parameters
    ----------
    price : ndarray, shape (products,)
        Price of each product, 1 = normal.
    dividend : ndarray, shape (places, 2)
        Yuan a household gets from village industry this month: ordinary, registered or edge.
    level : float
        Level of wages and productivity, 1 at the start.
    new_year, harvest : bool
        Whether the year's sums start anew; whether this month's weather is news.
    out : ndarray, shape (places, 4)
        Wages, own income, property and private transfers, yuan.
    """
    renewal = month % 12
    shock_scale = 1.0 / (1.0 - prod.cost_share)
    season_centre = -0.5 * prod.season_volatility * prod.season_volatility
    for place in range(first, last):
        log_place = place_productivity(
            places.productivity[place], places.infrastructure[place], mean_capital[place], prod
        )
        wage_level = county_wage[places.county[place]]
        market = price[places.product[place]]
        kept = 1.0 - places.weather_loss[place]
        sums = out[place]
        sums[:] = 0.0
        for i in range(places.start[place], places.stop[place]):
            if new_year:
                h.year_wage[i] = 0.0
                h.year_business[i] = 0.0
                h.year_property[i] = 0.0
                h.year_transfer[i] = 0.0
                h.year_policy[i] = 0.0
                h.year_consumption[i] = 0.0
                h.year_out_of_pocket[i] = 0.0
                if h.head_age[i] < 110 and month > 0:
                    h.head_age[i] += 1
            supplied = effort(h, i, capability)
            wage_workers = (
                h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i] + h.at_public_post[i]
            )
            own_workers = float(h.labour[i] - wage_workers)
            working = 1.0
            if h.illness_months[i] > 0:
                h.illness_months[i] -= 1
                if h.labour[i] > 0:
                    working = (h.labour[i] - 1.0) / h.labour[i]
            labour = own_labour(own_workers * working, h.elders[i], prod) * supplied
            log_productivity = log_place + log_own_productivity(h, i, prod)
            output = normal_output(log_productivity, h.land[i], h.productive_assets[i], labour, prod) * level
            if h.uid[i] % 12 == renewal:
                renew_risk(h, i, output, prod, month, k0, k1)
            if harvest:
                note_loss(h, i, (1.0 - kept) * output * shock_scale, WEATHER)
                note_loss(h, i, (1.0 - market) * output * shock_scale, PRICE)
            realised = kept * market * math.exp(h.season_shock[i] + season_centre)
            business = output * (realised - prod.cost_share) * shock_scale / 12.0
            near, away = wages(h, i, wage_level, level, w)
            near *= working * supplied
            away *= working
            remitted = away * w.remitted_share
            wage = near + away - remitted
            share = dividend[place, 0 if h.registration[i] == UNREGISTERED else 1]
            rent = h.savings[i] * deposit_rate / 12.0 + share
            support = h.family_support[i] * level + remitted
            h.month_policy[i] = 0.0
            h.month_income[i] = wage + business + rent + support
            h.year_wage[i] += wage
            h.year_business[i] += business
            h.year_property[i] += rent
            h.year_transfer[i] += support
            sums[0] += wage
            sums[1] += business
            sums[2] += rent
            sums[3] += support
