"""Vocational training (职业技能培训): courses for one worker of a household at a time."""

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import NORMAL_MOTIVATION, Flag
from povsim.programmes.delivery.one_by_one import OneByOne
from povsim.programmes.stage import Stage

Array = NDArray[Any]
TRAINED = np.uint16(Flag.TRAINED)


class VocationalTraining(OneByOne):
    """Train a worker of the neediest households; skill gained fades as all skill does."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.courses: deque[tuple[int, Array]] = deque()

    def act(self, model: Stage) -> None:
        """Let courses of long ago be repeated, then train as many as the purse pays for."""
        oldest = model.month - 12.0 * self.numbers.years_between
        while self.courses and self.courses[0][0] <= oldest:
            model.households["flags"][self.courses.popleft()[1]] &= ~TRAINED
        super().act(model)

    def candidates(self, model: Stage) -> Array:
        """Return households with a worker, not trained in the last years."""
        h = model.households
        return np.asarray((h["labour"] > 0) & (h["flags"] & TRAINED == 0))

    def unit_cost(self, model: Stage, rows: Array) -> Array:
        """Return the cost of a course, which grows with the economy."""
        return np.full(len(rows), self.numbers.cost_per_trainee * model.economy.level)

    def take_on(self, model: Stage, rows: Array) -> None:
        """Raise the mean skill of the household's workers by one trainee's gain.

        What is learnt rises with the square root of motivation, 1 at the mean.
        """
        p, h = self.numbers, model.households
        learning = np.sqrt(h["motivation"][rows].astype(np.float64) / NORMAL_MOTIVATION)
        h["skill"][rows] += p.skill_gain * p.quality * learning / h["labour"][rows]
        h["flags"][rows] |= TRAINED
        self.courses.append((model.month, rows))
