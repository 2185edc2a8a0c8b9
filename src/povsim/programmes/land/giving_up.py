"""Households short of labour give up land for a payment by private users."""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.codes import Flag
from povsim.programmes.base import Programme
from povsim.programmes.cards import Card
from povsim.programmes.delivery.by_need import place_of
from povsim.programmes.delivery.residents import own_workers, pay_rents
from povsim.programmes.scenario import ProgrammeUse
from povsim.programmes.stage import Stage

Array = NDArray[Any]
FLAG = int(Flag.LAND_LEASED)


class LandGivenUp(Programme, ABC):
    """Take land beyond what own workers can till once, and pay for it every month."""

    def __init__(self, card: Card, use: ProgrammeUse) -> None:
        super().__init__(card, use)
        self.rows = np.zeros(0, dtype=np.int64)
        self.mu = np.zeros(0)
        self.begun = False

    @abstractmethod
    def share(self) -> float:
        """Return the part of spare land that is given up."""

    @abstractmethod
    def due(self, model: Stage, here: Array) -> Array:
        """Return yuan a year for each household, at the start's prices.

        Parameters
        ----------
        here : ndarray
            Place of each household that gave up land.
        """

    def act(self, model: Stage) -> None:
        """Pay those who gave up land; it is private money."""
        if not self.begun:
            self.begin(model)
        here = place_of(model, self.rows)
        due = self.due(model, here) * model.economy.level / 12.0
        pay_rents(model, self.name, self.rows, due)

    def begin(self, model: Stage) -> None:
        """Take land of households with more than their own workers can till."""
        h = model.households
        everybody = np.arange(len(h))
        workers = np.maximum(own_workers(model, everybody), 0.0)
        tilled = workers * self.numbers.land_per_worker
        spare = np.maximum(h["land"] - tilled, 0.0) * self.share()
        free = (h["flags"] & FLAG) == 0
        self.rows = np.flatnonzero(free & (spare > 0.0))
        self.mu = spare[self.rows].astype(np.float64)
        h["land"][self.rows] -= self.mu
        h["flags"][self.rows] |= FLAG
        self.begun = True
