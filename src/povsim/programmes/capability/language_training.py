"""Courses in the common language (国家通用语言培训) for workers without Mandarin."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag
from povsim.programmes.delivery.luck import drawn_this_month
from povsim.programmes.delivery.one_by_one import OneByOne
from povsim.programmes.stage import Stage
from povsim.rng import TargetingDraw

Array = NDArray[Any]
MANDARIN = np.uint16(Flag.MANDARIN)


class LanguageTraining(OneByOne):
    """Teach Mandarin to the workers of the neediest households that do not speak it."""

    def candidates(self, model: Stage) -> Array:
        """Return households with a worker and without Mandarin."""
        h = model.households
        return np.asarray((h["labour"] > 0) & (h["flags"] & MANDARIN == 0))

    def unit_cost(self, model: Stage, rows: Array) -> Array:
        """Return the cost of a course for all workers of a household."""
        workers = model.households["labour"][rows].astype(np.float64)
        return np.asarray(workers * self.numbers.cost_per_worker * model.economy.level)

    def take_on(self, model: Stage, rows: Array) -> None:
        """Give Mandarin to those who pass; who fails can come again after the next review."""
        h = model.households
        passed = drawn_this_month(model, TargetingDraw.COURSE, rows) < self.numbers.pass_rate
        h["flags"][rows[passed]] |= MANDARIN
