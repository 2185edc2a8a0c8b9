"""Wage work: jobs are lost, offers arrive, households choose, scarce places are rationed."""

import math

import numpy as np

from povsim.codes import NORMAL_MOTIVATION, Cause, Flag, Group, Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.losses import note_loss
from povsim.kernels.luck import draw_place
from povsim.kernels.production import (
    away_factor,
    normal_output,
    own_labour,
)
from povsim.kernels.rows import rows_of, widest
from povsim.rng import Stream, philox4x32, uniform

JOBS = int(Stream.JOBS)
OFFERS = int(Stream.OFFERS)
PLACEMENT = int(Stream.PLACEMENT)
JOB_LOSS = int(Cause.JOB_LOSS)
MANDARIN = int(Flag.MANDARIN)
UNREGISTERED = int(Registration.NONE)
LARGEST_NETWORK = 12
FILLED_LOCAL, FILLED_WORKSHOP, SEPARATIONS = range(3)
"""Columns of the sums of a place: filled jobs, and jobs lost; those lost by group follow."""
TOTALS = SEPARATIONS + 1 + len(Group)
FOR_ALL, FOR_POOR, WORKSHOP = range(3)


@kernel
def lost_this_month(draw, yearly_hazard):
    """Return whether a job is lost in a month at this yearly hazard; the cheap bound first."""
    return draw < yearly_hazard / 12.0 and draw < 1.0 - math.exp(-yearly_hazard / 12.0)


@kernel
def accepts(value, own_value, noise, draw):
    """Return whether the work is chosen over the own farm (binary logit, McFadden 1974)."""
    return draw < 1.0 / (1.0 + math.exp(-(value - own_value) / noise))


@kernel
def away_offer_rate(network, motivation, digital, offers, w):
    """Return the yearly rate of offers of work away; kin away and networks bring offers."""
    return (
        offers
        * w.migrant_offer_rate
        * motivation
        / NORMAL_MOTIVATION
        * math.exp(w.network_effect * math.log(1.0 + network) + w.digital_effect * digital)
    )


@kernel
def nearby_vacancy(poor, for_all, for_poor, workshop):
    """Return which free place is asked for, or -1: kept for the poor, for all, workshop."""
    if poor and for_poor >= 1.0:
        return FOR_POOR
    if for_all >= 1.0:
        return FOR_ALL
    if poor and workshop >= 1.0:
        return WORKSHOP
    return -1


@kernel
def count_jobs(at_local, at_workshop, start, stop):
    """Return filled local and workshop jobs of a place (integer sums, so vectorised)."""
    local = 0
    workshop = 0
    for i in range(start, stop):
        local += at_local[i]
        workshop += at_workshop[i]
    return float(local), float(workshop)


@kernel
def note_news(rows, h, layoffs, away, near, loss_word, offer_word, news):
    """Mark the households of a place that may lose a job or get an offer this month.

    One pass of plain arithmetic that compilers vectorise; few households are left for the walk.

    Parameters
    ----------
    layoffs : tuple of float
        Yearly separation rates: local, workshop, informal, formal.
    away, near : float
        Monthly chance of an offer, away and nearby, at the best network and at integration 1,
        per unit of motivation.
    """
    labour, local, workshop, post = h.labour, h.at_local, h.at_workshop, h.at_public_post
    informal, formal, motivation = h.migrant_informal, h.migrant_formal, h.motivation
    by_local, by_workshop, by_informal, by_formal = layoffs
    first = rows.start
    for i in rows:
        j = i - first
        hazard = local[i] * by_local + workshop[i] * by_workshop
        hazard += informal[i] * by_informal + formal[i] * by_formal
        lost = uniform(loss_word[j]) < hazard / 12.0
        busy = local[i] + workshop[i] + informal[i] + formal[i] + post[i]
        offer = uniform(offer_word[j])
        offered = (offer < away * motivation[i]) | (1.0 - offer < near * motivation[i])
        news[j] = lost | (offered & (labour[i] > busy))


@kernel
def find_and_lose_jobs(
    first,
    last,
    h,
    places,
    county_wage,
    w,
    prod,
    integration_gain,
    separation,
    offers,
    poor_share,
    level,
    month,
    k0,
    k1,
    out,
):
    """Move workers between the own farm, nearby jobs, workshops and work away.

    A household loses at most one job a month and takes at most one. Free places
    are offered in an order that starts at a random household; those kept for registered and
    edge households are out of reach of the others.

    Parameters
    ----------
    county_wage : ndarray, shape (counties,)
        Local wage level.
    separation : ndarray, shape (2, 4)
        Yearly separation rates, by residence (village, site): local, workshop, informal, formal.
    offers : ndarray, shape (2, 3)
        What multiplies the rate of offers away, by residence and registration.
    poor_share : float
        What multiplies the share of new jobs kept for registered and edge households.
    out : ndarray, shape (places, 9)
        Filled local and workshop jobs, and jobs that were lost, all and by group: see the
        module's names.
    """
    uid, labour, flags, registration = h.uid, h.labour, h.flags, h.registration
    at_local, at_workshop, at_post = h.at_local, h.at_workshop, h.at_public_post
    informal, formal, network = h.migrant_informal, h.migrant_formal, h.network
    motivation, pay_level, base = h.motivation, h.pay_level, h.season_base
    elders, children, disabled, ill = h.elders, h.children, h.disabled, h.illness_months
    assets, integration = h.productive_assets, h.integration
    largest, cause = h.cause_loss, h.cause
    start_of, stop_of, kind = places.start, places.stop, places.kind
    noise = w.choice_noise * w.local_wage * level
    most_rows = widest(places, first, last)
    loss_word, offer_word = np.empty(most_rows, np.uint32), np.empty(most_rows, np.uint32)
    news = np.empty(most_rows, np.bool_)
    reach = np.empty(LARGEST_NETWORK + 1)
    for kin in range(LARGEST_NETWORK + 1):
        reach[kin] = away_offer_rate(kin, 1.0, 0.0, 1.0, w) / away_offer_rate(0, 1.0, 0.0, 1.0, w)
    near_rate = w.local_search_rate / NORMAL_MOTIVATION / 12.0
    for place in range(first, last):
        start, stop = start_of[place], stop_of[place]
        size = stop - start
        if size == 0:
            continue
        local, workshop = count_jobs(at_local, at_workshop, start, stop)
        capacity = places.local_jobs[place] + places.industry_jobs[place]
        shops = places.workshop_jobs[place]
        home = 1 if kind[place] != 0 else 0
        lost = separation[home]
        local_layoff = lost[0] + 12.0 * max(0.0, local - capacity) / max(local, 1.0)
        workshop_layoff = lost[1] + 12.0 * max(0.0, workshop - shops) / max(workshop, 1.0)
        free = max(0.0, capacity - local)
        for_poor = free * min(places.poor_job_share[place] * poor_share, 1.0)
        for_all = free - for_poor
        in_shops = max(0.0, shops - workshop)
        digital = places.digital[place]
        away_rate = away_offer_rate(0, 1.0, digital, 1.0, w) / 12.0
        wage_level = county_wage[places.county[place]]
        site = home == 1
        separations = 0.0
        out[place, SEPARATIONS:] = 0.0
        word, _, _, _ = philox4x32(places.uid[place], month, PLACEMENT, 0, k0, k1)
        draw_place(uid[start:stop], month, JOBS, 0, k0, k1, loss_word, offer_word)
        layoffs = (local_layoff, workshop_layoff, lost[2], lost[3])
        near = near_rate * (1.0 + integration_gain if site else 1.0)
        if max(for_all, for_poor, in_shops) < 1.0:
            near = 0.0  # no place is free
        away = away_rate * reach[LARGEST_NETWORK] * offers[home].max()
        note_news(rows_of(places, place), h, layoffs, away, near, loss_word, offer_word, news)
        i = start + int(uniform(word) * size)
        for _ in range(size):
            i += 1
            if i >= stop:
                i = start
            if not news[i - start] or labour[i] == 0:
                continue
            working = at_local[i] + at_workshop[i] + informal[i] + formal[i]
            if working > 0:
                near = at_local[i] * local_layoff
                shop = near + at_workshop[i] * workshop_layoff
                away_informal = shop + informal[i] * lost[2]
                hazard = away_informal + formal[i] * lost[3]
                draw = uniform(loss_word[i - start])
                if lost_this_month(draw, hazard):
                    # competing risks: where in the hazard the draw fell says which job is lost
                    spot = -12.0 * math.log(1.0 - draw)
                    if spot < near:
                        at_local[i] -= 1
                        wage = w.local_wage
                    elif spot < shop:
                        at_workshop[i] -= 1
                        wage = w.workshop_wage
                    elif spot < away_informal:
                        informal[i] -= 1
                        wage = w.migrant_informal_wage * w.brought_home_share
                        network[i] = max(network[i], 1) - 1
                    else:
                        formal[i] -= 1
                        wage = w.migrant_formal_wage * w.brought_home_share
                        network[i] = max(network[i], 1) - 1
                    working -= 1
                    separations += 1.0
                    out[place, SEPARATIONS + 1 + h.group[i]] += 1.0
                    loss = w.months_lost * wage * pay_level[i] * level
                    note_loss(largest, cause, i, loss, JOB_LOSS)
            own_workers = labour[i] - working - at_post[i]
            if own_workers <= 0 or ill[i] > 0:
                continue
            draw = uniform(offer_word[i - start])
            kin = reach[min(network[i], LARGEST_NETWORK)]
            away = draw < away_rate * kin * offers[home, registration[i]] * motivation[i]
            search = near_rate * motivation[i]
            if site:
                search *= 1.0 + integration_gain * integration[i]
            vacancy = -1
            if not away and 1.0 - draw < search:
                poor = registration[i] != UNREGISTERED
                vacancy = nearby_vacancy(poor, for_all, for_poor, in_shops)
            if not away and vacancy < 0:
                continue
            contract_word, choice_word, _, _ = philox4x32(uid[i], month, OFFERS, 0, k0, k1)
            choice = uniform(choice_word)
            own = own_labour(own_workers, elders[i], prod)
            output = normal_output(base[i], assets[i], own, prod)
            own_value = prod.labour_elasticity * output * level / own / 12.0
            pay = level * pay_level[i]
            if away:
                contract = uniform(contract_word) < w.formal_offer_share
                wage = w.migrant_formal_wage if contract else w.migrant_informal_wage
                cost = w.moving_cost + w.care_cost * (children[i] + disabled[i])
                value = wage * pay * away_factor((flags[i] & MANDARIN) != 0, w) * (1.0 - cost)
                if accepts(value, own_value, noise, choice):
                    if contract:
                        formal[i] += 1
                    else:
                        informal[i] += 1
                    if network[i] < LARGEST_NETWORK:
                        network[i] += 1
                continue
            wage = w.workshop_wage if vacancy == WORKSHOP else w.local_wage
            if accepts(wage * wage_level * pay, own_value, noise, choice):
                if vacancy == WORKSHOP:
                    at_workshop[i] += 1
                    in_shops -= 1.0
                elif vacancy == FOR_POOR:
                    at_local[i] += 1
                    for_poor -= 1.0
                else:
                    at_local[i] += 1
                    for_all -= 1.0
        local, workshop = count_jobs(at_local, at_workshop, start, stop)
        out[place, FILLED_LOCAL] = local
        out[place, FILLED_WORKSHOP] = workshop
        out[place, SEPARATIONS] = separations
