"""How households are paid: the one way in which money reaches them, in kernels and by row.

What a programme pays is income of its kind and policy income; rents and dividends are income
alone. Whatever else is to know of policy income is written once, in ``_receive_support``.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from povsim.kernels.compiled import inlined, kernel
from povsim.state import Households, Places

Array = NDArray[Any]
TRANSFER, WAGE, PROPERTY = range(3)


class Residents(Protocol):
    """Households, and the places where they live."""

    households: Households
    places: Places


@inlined
def _receive_support(h, i, amount):
    """Book ``amount`` yuan as income of household ``i`` that a programme brings."""
    h.month_income[i] += amount
    h.month_policy[i] += amount
    h.year_policy[i] += amount


@inlined
def receive_transfer(h, i, amount):
    """Book ``amount`` yuan of a programme as transfer income of household ``i``."""
    _receive_support(h, i, amount)
    h.year_transfer[i] += amount


@inlined
def receive_wage(h, i, amount):
    """Book ``amount`` yuan of a programme as wage income of household ``i``."""
    _receive_support(h, i, amount)
    h.year_wage[i] += amount


@inlined
def receive_property(h, i, amount):
    """Book ``amount`` yuan of rent or dividend as property income of ``i``; it is no support."""
    h.month_income[i] += amount
    h.year_property[i] += amount


@kernel
def _receive(h, rows, amounts, source):
    for k in range(len(rows)):
        if source == TRANSFER:
            receive_transfer(h, rows[k], amounts[k])
        elif source == WAGE:
            receive_wage(h, rows[k], amounts[k])
        else:
            receive_property(h, rows[k], amounts[k])


def pay_rows(model: Residents, rows: Array, amounts: Array, source: int = TRANSFER) -> Array:
    """Pay each of these rows its yuan; return yuan by place (rows, not represented).

    Parameters
    ----------
    rows : ndarray of int, shape (paid,)
        Each row once.
    amounts : ndarray, shape (paid,)
        Yuan.
    source : int
        ``TRANSFER`` or ``WAGE``, which are support, or ``PROPERTY``, which is not.
    """
    rows = np.ascontiguousarray(rows, dtype=np.int64)
    amounts = np.ascontiguousarray(amounts, dtype=np.float64)
    _receive(model.households.arrays, rows, amounts, source)
    return np.bincount(model.places.of_rows(rows), amounts, minlength=len(model.places))
