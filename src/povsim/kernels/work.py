"""Wage work: jobs are lost, offers arrive, households choose, scarce places are rationed."""

import math

import numpy as np

from povsim.codes import NORMAL_MOTIVATION, Cause, Flag, Group, Registration
from povsim.kernels.compiled import inlined, kernel
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
LOCAL, WORKSHOP, INFORMAL, FORMAL = range(4)
"""Kinds of jobs: nearby, in a workshop, away without and with a contract."""
FOR_ALL, FOR_POOR, IN_WORKSHOP = range(3)
"""Free places nearby: for anybody, kept for registered and edge households, in a workshop."""


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
def reach_of_networks(w):
    """Return what multiplies offers away, by the number of kin who are there."""
    reach = np.empty(LARGEST_NETWORK + 1)
    for kin in range(LARGEST_NETWORK + 1):
        reach[kin] = away_offer_rate(kin, 1.0, 0.0, 1.0, w) / away_offer_rate(0, 1.0, 0.0, 1.0, w)
    return reach


@kernel
def nearby_vacancy(poor, for_all, for_poor, workshop):
    """Return which free place is asked for, or -1: kept for the poor, for all, workshop."""
    if poor and for_poor >= 1.0:
        return FOR_POOR
    if for_all >= 1.0:
        return FOR_ALL
    if poor and workshop >= 1.0:
        return IN_WORKSHOP
    return -1


@inlined
def yearly_separations(jobs, rates):
    """Return the jobs that a household loses in a year on average.

    ``jobs`` are its filled jobs and ``rates`` yearly separation rates, by kind. In kernels jobs
    are numbers; ``yearly_separations.py_func`` takes columns as it stands.
    """
    local, workshop, informal, formal = jobs
    by_local, by_workshop, by_informal, by_formal = rates
    lost = local * by_local + workshop * by_workshop
    return lost + informal * by_informal + formal * by_formal


@kernel
def job_lost(draw, local, workshop, informal, formal, layoffs):
    """Return the kind of job that is lost this month, or -1.

    Risks compete: where in the hazard the draw fell says which job it is. ``layoffs`` are yearly
    separation rates by kind.
    """
    from_local = local * layoffs[LOCAL]
    from_near = from_local + workshop * layoffs[WORKSHOP]
    from_informal = from_near + informal * layoffs[INFORMAL]
    hazard = from_informal + formal * layoffs[FORMAL]
    if not lost_this_month(draw, hazard):
        return -1
    spot = -12.0 * math.log(1.0 - draw)
    if spot < from_local:
        return LOCAL
    if spot < from_near:
        return WORKSHOP
    return INFORMAL if spot < from_informal else FORMAL


@kernel
def value_of_own_work(own_workers, elders, base, capital, level, p):
    """Return what one more worker adds on the own farm or business, yuan a month."""
    own = own_labour(own_workers, elders, p)
    output = normal_output(base, capital, own, p)
    return p.labour_elasticity * output * level / own / 12.0


@kernel
def value_of_work_away(pay, dependants, speaks_mandarin, w):
    """Return what work away is worth, yuan a month: less what moving and care at home cost."""
    cost = w.moving_cost + w.care_cost * dependants
    return pay * away_factor(speaks_mandarin, w) * (1.0 - cost)


@inlined
def _change_jobs(kind, change, i, at_local, at_workshop, informal, formal):
    """Add ``change`` to the jobs of one kind that household ``i`` fills."""
    if kind == LOCAL:
        at_local[i] += change
    elif kind == WORKSHOP:
        at_workshop[i] += change
    elif kind == INFORMAL:
        informal[i] += change
    else:
        formal[i] += change


@kernel
def count_jobs(at_local, at_workshop, start, stop):
    """Return filled local and workshop jobs of a place (integer sums, so vectorised)."""
    local = 0
    workshop = 0
    for i in range(start, stop):
        local += at_local[i]
        workshop += at_workshop[i]
    return float(local), float(workshop)


@inlined
def _open_places(places, place, local, workshop, lost, poor_share, free):
    """Fill ``free`` places by their use; return yearly separation rates, layoffs included.

    ``local`` and ``workshop`` are filled jobs and ``lost`` the rates without layoffs; whoever is
    over the places that there are is laid off within the month.
    """
    capacity = places.local_jobs[place] + places.industry_jobs[place]
    shops = places.workshop_jobs[place]
    vacant = max(0.0, capacity - local)
    free[FOR_POOR] = vacant * min(places.poor_job_share[place] * poor_share, 1.0)
    free[FOR_ALL] = vacant - free[FOR_POOR]
    free[IN_WORKSHOP] = max(0.0, shops - workshop)
    from_local = lost[LOCAL] + 12.0 * max(0.0, local - capacity) / max(local, 1.0)
    from_workshop = lost[WORKSHOP] + 12.0 * max(0.0, workshop - shops) / max(workshop, 1.0)
    return from_local, from_workshop, lost[INFORMAL], lost[FORMAL]


@kernel
def note_news(rows, h, layoffs, offered_away, offered_near, loss_word, offer_word, news):
    """Mark the households of a place that may lose a job or get an offer this month.

    One pass of plain arithmetic that compilers vectorise; few households are left for the walk.

    Parameters
    ----------
    layoffs : tuple of float
        Yearly separation rates by kind of job.
    offered_away, offered_near : float
        Monthly chance of an offer, away and nearby, at the best network and at integration 1,
        per unit of motivation.
    """
    labour, local, workshop, post = h.labour, h.at_local, h.at_workshop, h.at_public_post
    informal, formal, motivation = h.migrant_informal, h.migrant_formal, h.motivation
    first = rows.start
    for i in rows:
        j = i - first
        hazard = yearly_separations((local[i], workshop[i], informal[i], formal[i]), layoffs)
        lost = uniform(loss_word[j]) < hazard / 12.0
        busy = local[i] + workshop[i] + informal[i] + formal[i] + post[i]
        offer = uniform(offer_word[j])
        away = offer < offered_away * motivation[i]
        offered = away | (1.0 - offer < offered_near * motivation[i])
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
    noise = w.choice_noise * w.local_wage * level
    wages = (w.local_wage, w.workshop_wage, w.migrant_informal_wage, w.migrant_formal_wage)
    brought_home = (1.0, 1.0, w.brought_home_share, w.brought_home_share)
    most_rows = widest(places, first, last)
    loss_word, offer_word = np.empty(most_rows, np.uint32), np.empty(most_rows, np.uint32)
    news, free, reach = np.empty(most_rows, np.bool_), np.empty(3), reach_of_networks(w)
    near_rate = w.local_search_rate / NORMAL_MOTIVATION / 12.0
    for place in range(first, last):
        start, stop = places.start[place], places.stop[place]
        size = stop - start
        if size == 0:
            continue
        site = places.kind[place] != 0
        home = 1 if site else 0
        local, workshop = count_jobs(at_local, at_workshop, start, stop)
        layoffs = _open_places(places, place, local, workshop, separation[home], poor_share, free)
        away_rate = away_offer_rate(0, 1.0, places.digital[place], 1.0, w) / 12.0
        wage_level = county_wage[places.county[place]]
        separations = 0.0
        out[place, SEPARATIONS:] = 0.0
        word, _, _, _ = philox4x32(places.uid[place], month, PLACEMENT, 0, k0, k1)
        draw_place(uid[start:stop], month, JOBS, 0, k0, k1, loss_word, offer_word)
        most_away = away_rate * reach[LARGEST_NETWORK] * offers[home].max()
        most_near = near_rate * (1.0 + integration_gain if site else 1.0)
        if free.max() < 1.0:
            most_near = 0.0  # no place is free
        rows = rows_of(places, place)
        note_news(rows, h, layoffs, most_away, most_near, loss_word, offer_word, news)
        i = start + int(uniform(word) * size)
        for _ in range(size):
            i += 1
            if i >= stop:
                i = start
            if not news[i - start] or labour[i] == 0:
                continue
            working = at_local[i] + at_workshop[i] + informal[i] + formal[i]
            if working > 0:
                jobs = (at_local[i], at_workshop[i], informal[i], formal[i])
                kind = job_lost(uniform(loss_word[i - start]), *jobs, layoffs)
                if kind >= 0:
                    _change_jobs(kind, -1, i, at_local, at_workshop, informal, formal)
                    if kind >= INFORMAL:
                        network[i] = max(network[i], 1) - 1
                    working -= 1
                    separations += 1.0
                    out[place, SEPARATIONS + 1 + h.group[i]] += 1.0
                    wage = wages[kind] * brought_home[kind]
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
                vacancy = nearby_vacancy(poor, free[FOR_ALL], free[FOR_POOR], free[IN_WORKSHOP])
            if not away and vacancy < 0:
                continue
            contract_word, choice_word, _, _ = philox4x32(uid[i], month, OFFERS, 0, k0, k1)
            pay = level * pay_level[i]
            if away:
                kind = FORMAL if uniform(contract_word) < w.formal_offer_share else INFORMAL
                speaks, dependants = (flags[i] & MANDARIN) != 0, children[i] + disabled[i]
                value = value_of_work_away(wages[kind] * pay, dependants, speaks, w)
            else:
                kind = WORKSHOP if vacancy == IN_WORKSHOP else LOCAL
                value = wages[kind] * wage_level * pay
            own = value_of_own_work(own_workers, elders[i], base[i], assets[i], level, prod)
            if not accepts(value, own, noise, uniform(choice_word)):
                continue
            _change_jobs(kind, 1, i, at_local, at_workshop, informal, formal)
            if not away:
                free[vacancy] -= 1.0
            elif network[i] < LARGEST_NETWORK:
                network[i] += 1
        local, workshop = count_jobs(at_local, at_workshop, start, stop)
        out[place, FILLED_LOCAL], out[place, FILLED_WORKSHOP] = local, workshop
        out[place, SEPARATIONS] = separations
