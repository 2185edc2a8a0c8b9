"""Help places: build what they have, and support them by units a household.

Infrastructure, services, networks, culture and farmland are stocks that money raises; experts,
tutors and visits are support that lasts while it is paid for.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import PlaceKind
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.stage import Stage

Array = NDArray[Any]
RURAL, TOWN = 1, 2


def households_of(model: Stage) -> Array:
    """Return the households that each place represents."""
    return np.asarray(model.places.rows * model.treasury.place_weight)


def sites_of(model: Stage, which: float) -> Array:
    """Return the sites where money may go, by place: 0 all, 1 rural-type, 2 joined to a town."""
    places = model.places
    town = places["kind"] >= int(PlaceKind.TOWNSHIP_SITE)
    if int(which) == RURAL:
        return np.asarray(places.is_site & ~town)
    return np.asarray(town if int(which) == TOWN else places.is_site)


def build_stock(
    model: Stage, name: str, money: float, need: Array, cost: Array | float, most: float = 1.0
) -> float:
    """Raise an index of places by spending money where the need is; return what was spent, yuan.

    Parameters
    ----------
    name : str
        Column of places between 0 and ``most``: infrastructure, services, digital, culture, ….
    money : float
        Yuan represented.
    need : ndarray, shape (places,)
        Weights by which money is shared; a place at ``most`` gets none.
    cost : float or ndarray, shape (places,)
        Yuan a household for which the index rises by 1.
    """
    stock = model.places[name]
    room = np.maximum(most - stock, 0.0)
    weights = np.where(room > 0.0, need, 0.0)
    if money <= 0.0 or weights.sum() <= 0.0:
        return 0.0
    full = room * cost * households_of(model)
    spent = np.minimum(money * weights / weights.sum(), full)
    stock += spent / np.maximum(cost * households_of(model), 1e-9)
    return float(spent.sum())


class PlaceSupport(PayAsUsed):
    """A programme that pays for units of support by place, the poorest places first in weight."""

    def cover(self, model: Stage, households_per_unit: float, cost: float) -> Array:
        """Spend on support this month; return how far each place is covered, 0-1.

        Parameters
        ----------
        households_per_unit : float
            Households for which one unit is full support.
        cost : float
            Yuan a unit and year.
        """
        units = households_of(model) / households_per_unit
        full = units * cost * model.economy.level / 12.0
        money = self.usable(model)
        need = full * (1.0 + model.poor_by_place / np.maximum(model.places.rows, 1))
        if money <= 0.0 or need.sum() <= 0.0:
            return np.zeros(len(full))
        spent = np.minimum(money * need / need.sum(), full)
        self.pay_for(model, float(spent.sum()), "invested")
        return np.asarray(spent / np.maximum(full, 1e-9))
