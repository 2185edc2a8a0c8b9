"""Who lives at relocation sites, and who is paid what there."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag, Registration
from povsim.money.support import PROPERTY, pay_rows
from povsim.programmes.stage import Stage

Array = NDArray[Any]


def at_site(model: Stage) -> Array:
    """Return rows of relocated households that have not moved back."""
    flags = model.households["flags"]
    there = ((flags & int(Flag.RELOCATED)) != 0) & ((flags & int(Flag.RETURNED)) == 0)
    return np.flatnonzero(there & model.places.by_household(model.places.is_site))


def poor_rows(model: Stage) -> Array:
    """Return rows of registered and edge households."""
    return np.flatnonzero(model.households["registration"] != int(Registration.NONE))


def waged(model: Stage, rows: Array) -> Array:
    """Return workers in wage jobs other than public posts, by row."""
    h = model.households
    jobs = ("at_local", "at_workshop", "migrant_informal", "migrant_formal")
    return np.asarray(sum(h[name][rows].astype(float) for name in jobs))


def own_workers(model: Stage, rows: Array) -> Array:
    """Return workers on the own farm or business, by row."""
    h = model.households
    return np.asarray(h["labour"][rows] - waged(model, rows) - h["at_public_post"][rows])


def pay_rents(model: Stage, programme: str, rows: Array, amounts: Array) -> None:
    """Pay rents or dividends of private users, yuan by row, and book them; it is no support."""
    paid = model.treasury.represented(pay_rows(model, rows, amounts, PROPERTY))
    model.treasury.ledger.move(programme, "private_investors", "rents_and_dividends", paid)
