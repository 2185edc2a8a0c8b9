"""Support places by units a household: experts, tutors, visits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.one_by_one import PayAsUsed
from povsim.programmes.stocks import households_of
from povsim.programmes.world_view import WorldView

Array = NDArray[Any]


class PlaceSupport(PayAsUsed):
    """A programme that pays for units of support by place, the poorest places first in weight."""

    def cover(self, model: WorldView, households_per_unit: float, cost: float) -> Array:
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
