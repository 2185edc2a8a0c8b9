"""Structural income of drawn households, by the very functions of the kernels."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag
from povsim.kernels.compiled import kernel
from povsim.kernels.production import (
    away_factor,
    log_own_productivity,
    normal_output,
    own_labour,
    pay_factor,
    place_productivity,
    season_base,
)

Array = NDArray[Any]
MANDARIN = int(Flag.MANDARIN)


@kernel
def worker_pay(h, wage_level, w, near, informal, formal):
    """Fill what one worker brings home in a year, yuan: nearby, away without and with contract."""
    for i in range(len(near)):
        factor = 12.0 * pay_factor(
            h.schooling[i], h.skill[i], h.health[i], h.wage_ability[i], h.lasting_shock[i], w
        )
        near[i] = w.local_wage * wage_level[i] * factor
        away = factor * away_factor((h.flags[i] & MANDARIN) != 0, w) * w.brought_home_share
        informal[i] = w.migrant_informal_wage * away
        formal[i] = w.migrant_formal_wage * away


@kernel
def yearly_output(h, own_workers, log_place, prod, out):
    """Fill net own income of a normal year, yuan, with so many own workers, ability included."""
    for i in range(len(out)):
        labour = own_labour(own_workers[i], h.elders[i], prod)
        log_own = log_own_productivity(h.skill[i], h.own_ability[i], h.lasting_shock[i], prod)
        base = season_base(log_place[i] + log_own, h.land[i], h.productive_assets[i], prod)
        out[i] = normal_output(base, h.productive_assets[i], labour, prod)


def log_productivity(productivity: Array, infrastructure: Array, prod: Any) -> Array:
    """Return the log productivity of places whose neighbours hold the reference capital."""
    reference = prod.neighbourhood_capital
    pairs = zip(productivity, infrastructure, strict=True)
    return np.array([place_productivity(a, i, reference, prod) for a, i in pairs])


def season_yield(factor: Array, cost_share: float) -> Array:
    """Return own income over its normal value when the season's factor is ``factor``."""
    return (factor - cost_share) / (1.0 - cost_share)


def stationary_spread(volatility: float, persistence: float) -> float:
    """Return the standard deviation of a first-order autoregression at rest."""
    return volatility / math.sqrt(1.0 - persistence**2)
