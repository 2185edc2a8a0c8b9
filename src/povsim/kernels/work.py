"""Wage work: jobs are lost, offers arrive, households choose, scarce places are rationed."""

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
from povsim.rng import Stream, philox4x32, uniform
from povsim.codes import Cause, Flag, Registration

JOBS = int(Stream.JOBS)
OFFERS = int(Stream.OFFERS)
PLACEMENT = int(Stream.PLACEMENT)
JOB_LOSS = int(Cause.JOB_LOSS)
MANDARIN = int(Flag.MANDARIN)
UNREGISTERED = int(Registration.NONE)
LOST_MONTHS = 4.0
"""Months of pay by which the loss of a job is rated when a fall names its cause."""


@njit(cache=True, nogil=True)
def _loses(count, rate, draw):  # type: ignore[no-untyped-def]
    """Return whether one of ``count`` workers loses the job in a month at this yearly rate."""
    hazard = count * rate / 12.0
    return draw < hazard and draw < 1.0 - math.exp(-hazard)


@njit(cache=True, nogil=True)
def _lose_jobs(h, i, w, separation, local_layoff, workshop_layoff, level, month, k0, k1):  # type: ignore[no-untyped-def]
    """Separate workers of household ``i``; at most one of each kind of job a month."""
    r0, r1, r2, r3 = philox4x32(h.uid[i], month, JOBS, 0, k0, k1)
    lost = 0.0
    if h.at_local[i] > 0 and _loses(h.at_local[i], separation[0] + local_layoff, uniform(r0)):
        h.at_local[i] -= 1
        lost += w.local_wage
    if h.at_workshop[i] > 0 and _loses(h.at_workshop[i], separation[1] + workshop_layoff, uniform(r1)):
        h.at_workshop[i] -= 1
        lost += w.workshop_wage
    if h.migrant_informal[i] > 0 and _loses(h.migrant_informal[i], separation[2], uniform(r2)):
        h.migrant_informal[i] -= 1
        lost += w.migrant_informal_wage * w.brought_home_share
    if h.migrant_formal[i] > 0 and _loses(h.migrant_formal[i], separation[3], uniform(r3)):
        h.migrant_formal[i] -= 1
        lost += w.migrant_formal_wage * w.brought_home_share
    if lost > 0.0:
        note_loss(h, i, LOST_MONTHS * lost * level * pay_factor(h, i, w), JOB_LOSS)


@njit(cache=True, nogil=True)
def _accepts(h, i, value, own_value, noise, draw):  # type: ignore[no-untyped-def]
    """Return whether the work is chosen over the own farm (binary logit, McFadden 1974)."""
    return draw < 1.0 / (1.0 + math.exp(-(value - own_value) / noise))


@njit(cache=True, nogil=True)
def _own_value(h, i, log_place, level, w, prod):  # type: ignore[no-untyped-def]
    """Return what one worker more adds to own output in a month, yuan."""
    wage_workers = (
        h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i] + h.at_public_post[i]
    )
    labour = own_labour(h.labour[i] - wage_workers, h.elders[i], prod)
    log_productivity = log_place + log_own_productivity(h, i, prod)
    output = normal_output(log_productivity, h.land[i], h.productive_assets[i], labour, prod)
    return prod.labour_elasticity * output * level / labour / 12.0


@njit(cache=True, nogil=True)
def _go_away(h, i, draw, place_digital, log_place, level, offers, w, prod, r1, r2):  # type: ignore[no-untyped-def]
    """Take up an offer of work away if one arrives and is worth it; return whether taken."""
    speaks = (h.flags[i] & MANDARIN) != 0
    rate = (
        offers
        * w.migrant_offer_rate
        * math.exp(w.network_effect * math.log(1.0 + h.network[i]) + w.digital_effect * place_digital)
        * h.motivation[i]
        / 0.65
    )
    if draw >= rate / 12.0:
        return False
    formal = uniform(r1) < w.formal_offer_share
    wage = w.migrant_formal_wage if formal else w.migrant_informal_wage
    cost = w.moving_cost + w.care_cost * (h.children[i] + h.disabled[i])
    pay = wage * level * pay_factor(h, i, w) * away_factor(speaks, w)
    noise = w.choice_noise * w.local_wage * level
    if not _accepts(h, i, pay * (1.0 - cost), _own_value(h, i, log_place, level, w, prod), noise, uniform(r2)):
        return False
    if formal:
        h.migrant_formal[i] += 1
    else:
        h.migrant_informal[i] += 1
    if h.network[i] < 12:
        h.network[i] += 1
    return True


@njit(cache=True, nogil=True)
def _ask_nearby(h, i, site, wage_level, open_jobs, log_place, level, searching, w, prod, draw, lottery):  # type: ignore[no-untyped-def]
    """Ask for a workshop or a local job; places kept for the poor go to the poor first.

    ``open_jobs`` holds free places: local for all, local for the poor, workshop.
    """
    rate = w.local_search_rate * searching * h.motivation[i] / 0.65
    if draw >= rate / 12.0:
        return
    poor = h.registration[i] != UNREGISTERED
    kept = poor and open_jobs[1] >= 1.0
    workshop = poor and not kept and open_jobs[0] < 1.0 and open_jobs[2] >= 1.0
    if not (kept or workshop or open_jobs[0] >= 1.0):
        return
    wage = w.workshop_wage if workshop else w.local_wage
    pay = wage * level * wage_level * pay_factor(h, i, w)
    noise = w.choice_noise * w.local_wage * level
    if not _accepts(h, i, pay, _own_value(h, i, log_place, level, w, prod), noise, lottery):
        return
    if workshop:
        h.at_workshop[i] += 1
        open_jobs[2] -= 1.0
    else:
        h.at_local[i] += 1
        open_jobs[1 if kept else 0] -= 1.0


@njit(cache=True, nogil=True)
def find_and_lose_jobs(  # type: ignore[no-untyped-def]
    first, last, h, places, county_wage, mean_capital, w, prod, integration_gain,
    separation, offers, level, month, k0, k1, open_jobs, out,
):
    """Move workers between the own farm, nearby jobs, workshops and work away.

    Parameters
    ----------
    county_wage : ndarray, shape (counties,)
        Local wage level.
    mean_capital : ndarray, shape (places,)
        Productive capital per household, for the geographic trap.
    separation : ndarray, shape (4,)
        Yearly separation rates: local, workshop, informal, formal.
    offers : float
        What multiplies the rate of offers away.
    open_jobs : ndarray, shape (places, 3)
        Work space: free places at each place.
    out : ndarray, shape (places, 2)
        Filled local and workshop jobs.
    """
    for place in range(first, last):
        start, stop = places.start[place], places.stop[place]
        size = stop - start
        if size == 0:
            continue
        local = 0.0
        workshop = 0.0
        for i in range(start, stop):
            local += h.at_local[i]
            workshop += h.at_workshop[i]
        capacity = places.local_jobs[place] + places.industry_jobs[place]
        local_layoff = 12.0 * max(0.0, local - capacity) / max(local, 1.0)
        workshop_layoff = 12.0 * max(0.0, workshop - places.workshop_jobs[place]) / max(workshop, 1.0)
        free = max(0.0, capacity - local)
        room = open_jobs[place]
        room[1] = free * places.poor_job_share[place]
        room[0] = free - room[1]
        room[2] = max(0.0, places.workshop_jobs[place] - workshop)
        log_place = place_productivity(
            places.productivity[place], places.infrastructure[place], mean_capital[place], prod
        )
        wage_level = county_wage[places.county[place]]
        site = places.kind[place] != 0
        r0, _, _, _ = philox4x32(places.uid[place], month, PLACEMENT, 0, k0, k1)
        offset = int(uniform(r0) * size)
        for step in range(size):
            i = start + (step + offset) % size
            if h.labour[i] == 0:
                continue
            employed = h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i]
            if employed > 0:
                _lose_jobs(h, i, w, separation, local_layoff, workshop_layoff, level, month, k0, k1)
            wage_workers = (
                h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i] + h.at_public_post[i]
            )
            if wage_workers >= h.labour[i] or h.illness_months[i] > 0:
                continue
            r0, r1, r2, r3 = philox4x32(h.uid[i], month, OFFERS, 0, k0, k1)
            draw = uniform(r0)
            # one draw decides between no chance, a chance away (low end) and nearby (high end)
            if _go_away(h, i, draw, places.digital[place], log_place, level, offers, w, prod, r1, r2):
                continue
            searching = 1.0 + integration_gain * h.integration[i] if site else 1.0
            _ask_nearby(
                h, i, site, wage_level, room, log_place, level, searching, w, prod, 1.0 - draw, uniform(r3)
            )
        local = 0.0
        workshop = 0.0
        for i in range(start, stop):
            local += h.at_local[i]
            workshop += h.at_workshop[i]
        out[place, 0] = local
        out[place, 1] = workshop
