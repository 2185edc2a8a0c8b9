"""Village industry: output, jobs, surplus, failure, management capability. One row a place."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from povsim.rng import Stream, uniform_block

Array = NDArray[Any]


class IndustryMonth(NamedTuple):
    """What village industry yields in a month, shape (places,), yuan."""

    dividends: Array
    to_fund: Array
    to_investors: Array


def value_added(
    capital: Array, management: Array, infrastructure: Array, price: Array, p: Any
) -> Array:
    """Return yearly value added at full staff, yuan: constant returns at a fixed wage."""
    ratio = p.output_capital_ratio * management**p.management_elasticity
    return np.asarray(ratio * (1.0 + p.infrastructure_return * infrastructure) * price * capital)


def jobs_offered(yearly_value: Array, yearly_wage: Array, p: Any) -> Array:
    """Return jobs at which the wage bill is the labour share of value added."""
    return np.asarray(p.labour_share * yearly_value / yearly_wage)


def failure_rate(
    capital: Array, public_share: Array, management: Array, households: Array, p: Any
) -> Array:
    """Return the yearly rate of failure; size and management lower it, mandates raise it."""
    size = np.log(np.maximum(capital / np.maximum(households, 1), 1.0) / p.reference_capital)
    return np.asarray(
        p.failure_rate
        * np.exp(
            -p.failure_management * management
            - p.failure_size * size
            + p.failure_mandated * public_share
        )
    )


def expected_return(
    management: Array, infrastructure: Array, price: Array, failure: Array, guarantee: float, p: Any
) -> Array:
    """Return an investor's expected yearly return per yuan: surplus less wear and lost capital."""
    surplus = (1.0 - p.labour_share) * value_added(
        np.ones_like(management), management, infrastructure, price, p
    )
    lost = failure * p.capital_lost * (1.0 - guarantee)
    return np.asarray(surplus * (1.0 - failure) - p.depreciation * 0.5 - lost)


def share_surplus(surplus: Array, public_share: Array, p: Any) -> IndustryMonth:
    """Split a month's surplus between households, the village fund and investors."""
    public = surplus * public_share
    return IndustryMonth(
        dividends=public * (1.0 - p.surplus_to_fund),
        to_fund=public * p.surplus_to_fund,
        to_investors=surplus - public,
    )


def draw_failures(seed: int, uid: Array, month: int, rate: Array) -> Array:
    """Return which places' industry fails this month."""
    draw = uniform_block(seed, uid, month, Stream.INDUSTRY_FAILURE)[:, 0]
    return np.asarray(draw < 1.0 - np.exp(-rate / 12.0))
