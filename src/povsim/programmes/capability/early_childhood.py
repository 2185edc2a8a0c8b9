"""Early childhood (儿童早期发展): nurseries and home visits for young children."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.delivery.by_need import raise_child_skill
from povsim.programmes.delivery.one_by_one import OneByOne
from povsim.programmes.stage import Stage

Array = NDArray[Any]


class EarlyChildhood(OneByOne):
    """Pay a year's place for the young children of the neediest households."""

    def candidates(self, model: Stage) -> Array:
        """Return households with children; each can have a place once a year."""
        return np.asarray(model.households["children"] > 0)

    def unit_cost(self, model: Stage, rows: Array) -> Array:
        """Return the cost of a year's places of a household, by its expected young children."""
        p = self.numbers
        young = model.households["children"][rows] * p.young_share
        return np.asarray(young * p.cost_per_place * model.economy.level)

    def take_on(self, model: Stage, rows: Array) -> None:
        """Raise the skill that the household's children will start with, mean of all of them."""
        p = self.numbers
        raise_child_skill(model, rows, p.skill_gain * p.young_share)
