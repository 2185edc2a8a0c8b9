"""Graduation package: assets, training and encouragement together, once, for the poorest able.

The design is that of the six-country trials (Banerjee and others 2015).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag
from povsim.programmes.delivery.by_need import raise_motivation
from povsim.programmes.delivery.one_by_one import OneByOne
from povsim.programmes.stage import Stage

Array = NDArray[Any]
GRADUATED = np.uint16(Flag.GRADUATED)


class GraduationPackage(OneByOne):
    """Give productive assets, a course and coaching to the poorest households with a worker."""

    def candidates(self, model: Stage) -> Array:
        """Return households with a worker that have had no package."""
        h = model.households
        return np.asarray((h["labour"] > 0) & (h["flags"] & GRADUATED == 0))

    def unit_cost(self, model: Stage, rows: Array) -> Array:
        """Return the asset grant and the cost of training and coaching."""
        p = self.numbers
        return np.full(len(rows), (p.asset_grant + p.coaching_cost) * model.economy.level)

    def take_on(self, model: Stage, rows: Array) -> None:
        """Hand over the assets; raise the skill of one worker and the household's motivation."""
        p, h = self.numbers, model.households
        h["productive_assets"][rows] += p.asset_grant * model.economy.level
        h["skill"][rows] += p.skill_gain / h["labour"][rows]
        raise_motivation(model, rows, p.motivation_gain)
        h["flags"][rows] |= GRADUATED
