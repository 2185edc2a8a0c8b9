"""Tell how likely a household is to be poor next year, by the model's own risks.

It is the formula by which the yearbook counts the vulnerable. Two other accounts of the next year
have other uses: :mod:`povsim.programmes.governance.early_warning.latent_risk` is what a scan could
know within a year, half of whose income lies behind; :mod:`povsim.study.futures` is no formula, it
lives the next years many times over.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.kernels.compiled import kernel
from povsim.kernels.hazards import illness_rate

LASTING, PASSING, JOB_LOSS, YEARS_LOST, BILL = range(5)
"""Places in ``risks``: spreads of lasting and passing shocks, log points; yearly hazard of losing a
job and years of pay that go with it; own part of the mean bill of a serious illness by registration
(three numbers), yuan."""


def risk_numbers(world: Any, separation: float, out_of_pocket: Any) -> NDArray[Any]:
    """Return ``risks`` of a world, shape (7,).

    Parameters
    ----------
    world : World
        Its production, hazards and work.
    separation : float
        Yearly hazard of losing a job.
    out_of_pocket : array_like, shape (3,)
        Own part of bills by registration.
    """
    production, sick = world.production, world.hazards
    bill = sick.illness_cost_median * float(np.exp(0.5 * sick.illness_cost_spread**2))
    passing = production.season_volatility / (1.0 - production.cost_share)
    years = world.work.months_lost / 12.0
    bills = bill * np.asarray(out_of_pocket)
    return np.array([production.lasting_volatility, passing, separation, years, *bills])


@kernel
def poverty_chance(usual, own_share, line, lasting, passing):
    """Return the chance that a year's income falls below the line.

    Log income is normal around usual income with the model's own shocks: the lasting one, and
    the season's on the share that comes from own business (Chaudhuri, Jalan and Suryahadi 2002).
    """
    spread = math.sqrt(lasting * lasting + own_share * own_share * passing * passing)
    if usual <= 0.0:
        return 1.0
    if spread <= 0.0:
        return 1.0 if usual < line else 0.0
    distance = (math.log(line / usual) + 0.5 * spread * spread) / spread
    return 0.5 * (1.0 + math.erf(distance / math.sqrt(2.0)))


@kernel
def chance_of_poverty(h, i, usual, own_share, line, risks, sick):
    """Return the chance that next year's income after expenses is below the line.

    The year is one with a serious illness or without, by the model's own rate; jobs are lost and
    found, which adds the variance of losing some months of one worker's part of wages.

    Parameters
    ----------
    usual : float
        Usual income after school costs, yuan a person and year.
    risks : ndarray, shape (7,)
        See ``LASTING`` to ``BILL``.
    sick : HazardsNumbers
        Rates of illness.
    """
    workers = h.at_local[i] + h.at_workshop[i] + h.migrant_informal[i] + h.migrant_formal[i]
    lasting = risks[LASTING]
    if workers > 0:
        part = risks[YEARS_LOST] * (1.0 - own_share) / workers
        lost = min(workers * risks[JOB_LOSS], 1.0)
        lasting = math.sqrt(lasting * lasting + lost * part * part)
    overworked = h.migrant_informal[i] / max(h.labour[i], 1)
    ill = 1.0 - math.exp(-illness_rate(h.head_age[i], h.health[i], overworked, sick))
    bill = risks[BILL + h.registration[i]] / h.members[i]
    well = poverty_chance(usual, own_share, line, lasting, risks[PASSING])
    treated = poverty_chance(usual - bill, own_share, line, lasting, risks[PASSING])
    return (1.0 - ill) * well + ill * treated


@kernel
def chances(h, school_cost, line, risks, sick, out):
    """Fill each household's chance of poverty, its year being that in the state."""
    for i in range(len(out)):
        usual = (12.0 * h.usual_income[i] - school_cost * h.children[i]) / h.members[i]
        income = h.year_wage[i] + h.year_business[i] + h.year_property[i] + h.year_transfer[i]
        own = min(max(h.year_business[i] / max(income, 1.0), 0.0), 1.0)
        out[i] = chance_of_poverty(h, i, usual, own, line, risks, sick)
