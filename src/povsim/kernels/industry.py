"""Village industry: output, jobs, surplus, failure, management capability. One row a place."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from povsim.rng import Stream, uniform_block

Array = NDArray[Any]
TO_OTHERS, TO_POOR = range(2)
"""Columns of dividends by place: to an ordinary, and to a registered or edge household."""


class IndustryMonth(NamedTuple):
    """What village industry yields in a month, shape (places,), yuan."""

    dividends: Array
    to_fund: Array
    to_investors: Array


def productivity(management: Array, infrastructure: Array, price: Array, p: Any) -> Array:
    """Return yearly value added per yuan of capital where capital is typical."""
    ratio = p.output_capital_ratio * management**p.management_elasticity
    return np.asarray(ratio * (1.0 + p.infrastructure_return * infrastructure) * price)


def value_added(capital: Array, households: Array, typical: float, yields: Array, p: Any) -> Array:
    """Return yearly value added at full staff, yuan.

    Labour is hired at a given wage; what a village can use of capital per household is limited
    (span of control, Lucas 1978), so value is yields * typical * (k / typical) ** elasticity.

    Parameters
    ----------
    capital, households : ndarray, shape (places,)
        Yuan, and households, of rows.
    typical : float
        Capital per household at which value is ``yields`` per yuan.
    yields : ndarray, shape (places,)
        From :func:`productivity`.
    """
    rows = np.maximum(households, 1)
    relative = capital / (rows * typical)
    return np.asarray(yields * rows * typical * relative**p.capital_elasticity)


def marginal_product(
    capital: Array, households: Array, typical: float, yields: Array, p: Any
) -> Array:
    """Return what one more yuan adds to yearly value, where there is a first yuan a household."""
    rows = np.maximum(households, 1)
    relative = np.maximum(capital / rows, 1.0) / typical
    return np.asarray(p.capital_elasticity * yields * relative ** (p.capital_elasticity - 1.0))


def typical_capital(
    capital: Array, households: Array, weight: Array, yields: Array, p: Any
) -> float:
    """Return the capital per household at which the total at the start is that of constant returns.

    It is found once, for the population of the start, whatever the elasticity: the total there is
    that of ``yields`` times capital.
    """
    rows, e = np.maximum(households, 1), p.capital_elasticity
    total = float(np.dot(weight, yields * capital))
    if total <= 0.0 or e >= 1.0:
        return float(p.reference_capital)
    curved = float(np.dot(weight, yields * rows * (capital / rows) ** e))
    return float((total / curved) ** (1.0 / (1.0 - e)))


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


def expected_return(marginal: Array, failure: Array, guarantee: float, p: Any) -> Array:
    """Return an investor's expected yearly return per yuan: surplus less capital lost in failures.

    It is before wear, as the hurdle with which it is compared covers wear.

    Parameters
    ----------
    marginal : ndarray, shape (places,)
        From :func:`marginal_product`.
    failure : ndarray, shape (places,)
        Yearly rate, as it is under the programmes of the month.
    guarantee : float
        Part of lost capital that is paid back.
    """
    surplus = (1.0 - p.labour_share) * marginal
    lost = failure * p.capital_lost * (1.0 - guarantee)
    return np.asarray(surplus * (1.0 - failure) - lost)


def share_surplus(surplus: Array, public_share: Array, p: Any) -> IndustryMonth:
    """Split a month's surplus between households, the village fund and investors."""
    public = surplus * public_share
    return IndustryMonth(
        dividends=public * (1.0 - p.surplus_to_fund),
        to_fund=public * p.surplus_to_fund,
        to_investors=surplus - public,
    )


def share_dividends(dividends: Array, households: Array, poor: Array, poor_share: float) -> Array:
    """Return what each household gets of a place's dividends, yuan, shape (places, 2).

    Parameters
    ----------
    dividends, households, poor : ndarray, shape (places,)
        Yuan; households, and those registered or edge, of rows.
    poor_share : float
        Share kept for registered and edge households where there are any.
    """
    each = np.empty((len(dividends), 2))
    each[:, TO_POOR] = dividends * poor_share / np.maximum(poor, 1.0)
    of_rest = dividends * (1.0 - poor_share) / np.maximum(households - poor, 1.0)
    each[:, TO_OTHERS] = np.where(poor == 0.0, dividends / np.maximum(households, 1), of_rest)
    return each


def draw_failures(seed: int, uid: Array, month: int, rate: Array) -> Array:
    """Return which places' industry fails this month."""
    draw = uniform_block(seed, uid, month, Stream.INDUSTRY_FAILURE)[:, 0]
    return np.asarray(draw < 1.0 - np.exp(-rate / 12.0))
