"""Pay people by category: the one kernel behind allowances, pensions, aid and relief."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag, Registration
from povsim.kernels.compiled import inlined, kernel
from povsim.kernels.rows import rows_of
from povsim.money.support import receive_transfer
from povsim.programmes.stage import Stage

Array = NDArray[Any]
HOUSEHOLD, MEMBERS, CHILDREN, ELDERS, DISABLED = range(5)
EVERYBODY, NO_LABOUR, RELOCATED, WITH_LABOUR = range(4)
ALL_STANDINGS = np.ones(3)
SPECIAL = np.array([0.0, 1.0, 1.0])
"""Standings that special support reaches: registered and edge."""
RELOCATED_FLAG = int(Flag.RELOCATED)
EDGE = int(Registration.EDGE)


@inlined
def counted(h, count_of):
    """Return the column that is counted; for ``HOUSEHOLD`` any will do, it is not read."""
    column = h.members
    if count_of == CHILDREN:
        column = h.children
    elif count_of == ELDERS:
        column = h.elders
    elif count_of == DISABLED:
        column = h.disabled
    return column


@kernel
def admitted(only, labour, flags):
    """Return whether a household with this labour and these flags is among those meant."""
    if only == NO_LABOUR:
        return labour == 0
    if only == WITH_LABOUR:
        return labour > 0
    if only == RELOCATED:
        return flags & RELOCATED_FLAG != 0
    return True


@kernel
def _count(first, last, h, places, count_of, only, standings, ceiling, out):
    column = counted(h, count_of)
    registration, usual, members = h.registration, h.usual_income, h.members
    labour, flags = h.labour, h.flags
    for place in range(first, last):
        units = 0.0
        for i in rows_of(places, place):
            if 12.0 * usual[i] >= ceiling * members[i] or not admitted(only, labour[i], flags[i]):
                continue
            number = 1.0 if count_of == HOUSEHOLD else float(column[i])
            units += number * standings[registration[i]]
        out[place, 0] = units


@kernel
def _pay(first, last, h, places, count_of, only, standings, ceiling, amount, out):
    column = counted(h, count_of)
    registration, usual, members = h.registration, h.usual_income, h.members
    labour, flags = h.labour, h.flags
    for place in range(first, last):
        paid = 0.0
        for i in rows_of(places, place):
            if 12.0 * usual[i] >= ceiling * members[i] or not admitted(only, labour[i], flags[i]):
                continue
            number = 1.0 if count_of == HOUSEHOLD else float(column[i])
            due = number * standings[registration[i]] * amount
            if due > 0.0:
                receive_transfer(h, i, due)
                paid += due
        out[place, 0] = paid


def count_units(
    model: Stage,
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
    model: Stage,
    amount: float,
    count_of: int,
    only: int = EVERYBODY,
    standings: Array = ALL_STANDINGS,
    ceiling: float = np.inf,
) -> Array:
    """Pay ``amount`` yuan a unit this month; return yuan by place (rows, not represented)."""
    who = (count_of, only, standings, float(ceiling), float(amount))
    return model.over_places(_pay, model.households.arrays, model.places.arrays, *who)[:, 0]
