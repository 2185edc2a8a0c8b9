"""Pay people by category: the one kernel behind allowances, pensions, aid and relief."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag, Registration
from povsim.kernels.compiled import kernel
from povsim.kernels.rows import rows_of
from povsim.kernels.support import receive_transfer
from povsim.programmes.world_view import WorldView

Array = NDArray[Any]
HOUSEHOLD, MEMBERS, CHILDREN, ELDERS, DISABLED = range(5)
EVERYBODY, NO_LABOUR, RELOCATED, WITH_LABOUR = range(4)
ALL_STANDINGS = np.ones(3)
SPECIAL = np.array([0.0, 1.0, 1.0])
"""Standings that special support reaches: registered and edge."""
RELOCATED_FLAG = int(Flag.RELOCATED)
EDGE = int(Registration.EDGE)


@kernel
def entitled_units(h, i, count_of, only, standings, ceiling):  # type: ignore[no-untyped-def]
    """Return how many units (persons, children, …) of a household are paid for, 0 if none."""
    if standings[h.registration[i]] <= 0.0:
        return 0.0
    if 12.0 * h.usual_income[i] >= ceiling * h.members[i]:
        return 0.0
    if only == NO_LABOUR and h.labour[i] > 0:
        return 0.0
    if only == WITH_LABOUR and h.labour[i] == 0:
        return 0.0
    if only == RELOCATED and h.flags[i] & RELOCATED_FLAG == 0:
        return 0.0
    units = 1.0
    if count_of == MEMBERS:
        units = float(h.members[i])
    elif count_of == CHILDREN:
        units = float(h.children[i])
    elif count_of == ELDERS:
        units = float(h.elders[i])
    elif count_of == DISABLED:
        units = float(h.disabled[i])
    return units * standings[h.registration[i]]


@kernel
def _count(first, last, h, places, count_of, only, standings, ceiling, out):  # type: ignore[no-untyped-def]
    for place in range(first, last):
        units = 0.0
        for i in rows_of(places, place):
            units += entitled_units(h, i, count_of, only, standings, ceiling)
        out[place, 0] = units


@kernel
def _pay(first, last, h, places, count_of, only, standings, ceiling, amount, out):  # type: ignore[no-untyped-def]
    for place in range(first, last):
        paid = 0.0
        for i in rows_of(places, place):
            units = entitled_units(h, i, count_of, only, standings, ceiling)
            if units > 0.0:
                receive_transfer(h, i, units * amount)
                paid += units * amount
        out[place, 0] = paid


def count_units(
    model: WorldView,
    count_of: int,
    only: int = EVERYBODY,
    standings: Array = ALL_STANDINGS,
    ceiling: float = np.inf,
) -> Array:
    """Return units that are paid for, by place (rows, not people represented).

    Parameters
    ----------
    count_of : int
        ``HOUSEHOLD``, ``MEMBERS``, ``CHILDREN``, ``ELDERS`` or ``DISABLED``.
    only : int
        ``EVERYBODY``, ``NO_LABOUR``, ``WITH_LABOUR`` or ``RELOCATED``.
    standings : ndarray, shape (3,)
        Weight by registration: none, registered, edge; 0 leaves a standing out.
    ceiling : float
        Usual income, yuan a person and year, from which on nobody is paid.
    """
    who = (count_of, only, standings, float(ceiling))
    return model.over_places(_count, model.households.arrays, model.places.arrays, *who)[:, 0]


def pay_units(
    model: WorldView,
    amount: float,
    count_of: int,
    only: int = EVERYBODY,
    standings: Array = ALL_STANDINGS,
    ceiling: float = np.inf,
) -> Array:
    """Pay ``amount`` yuan a unit this month; return yuan by place (rows, not represented)."""
    who = (count_of, only, standings, float(ceiling), float(amount))
    return model.over_places(_pay, model.households.arrays, model.places.arrays, *who)[:, 0]
