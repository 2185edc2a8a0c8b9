"""Spend a purse only as it is used: on households taken on one by one, or as a part covers."""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.programmes.base import Programme
from povsim.programmes.delivery.by_need import in_review, line_up, weight_of
from povsim.programmes.stage import Stage

Array = NDArray[Any]
MOST_OVERHEADS = 0.95
"""Administration and leakage never take more of a yuan than this."""


class PayAsUsed(Programme):
    """A programme whose administration and losses go with what it spends, not what it holds.

    Its card has ``administration_share`` and ``leakage_share``.
    """

    def overheads(self, model: Stage) -> tuple[float, float]:
        """Return the shares of all spending that administration and leakage take."""
        p, rates = self.numbers, model.rates
        costs = min(p.administration_share * rates.administration, MOST_OVERHEADS)
        return costs, min(p.leakage_share * rates.leakage, MOST_OVERHEADS - costs)

    def usable(self, model: Stage) -> float:
        """Return what the purse can pay for this month, after overheads, yuan."""
        return self.purse.available * (1.0 - sum(self.overheads(model)))

    def pay_for(self, model: Stage, amount: float, use: str) -> None:
        """Spend ``amount`` yuan on a use, and the overheads that go with it."""
        costs, leaked = self.overheads(model)
        gross = amount / (1.0 - costs - leaked)
        treasury = model.treasury
        treasury.spend(self.name, self.purse, gross * costs, "administration")
        treasury.spend(self.name, self.purse, gross * leaked, "leakage")
        treasury.spend(self.name, self.purse, min(amount, self.purse.available), use)


class OneByOne(PayAsUsed, ABC):
    """A programme that takes households on one after another, the neediest first.

    The list is made in the month of review and in the programme's first; its card has an
    ``income_ceiling`` under which households of any standing are listed.
    """

    queue: Array | None = None

    @abstractmethod
    def candidates(self, model: Stage) -> Array:
        """Return who can be taken on, shape (households,)."""

    @abstractmethod
    def unit_cost(self, model: Stage, rows: Array) -> Array:
        """Return yuan for each household taken on."""

    @abstractmethod
    def take_on(self, model: Stage, rows: Array) -> None:
        """Do what is done for households that are taken on."""

    def act(self, model: Stage) -> None:
        """Renew the list when it is time, and take on as many as the purse pays for."""
        if self.queue is None or in_review(model):
            ceiling = self.numbers.income_ceiling * model.economy.level
            self.queue = line_up(model, self.candidates(model), ceiling)
        costs = self.unit_cost(model, self.queue) * weight_of(model, self.queue)
        total = np.cumsum(costs)
        count = int(np.searchsorted(total, self.usable(model), side="right"))
        if count == 0:
            return
        rows, self.queue = self.queue[:count], self.queue[count:]
        self.pay_for(model, float(total[count - 1]), "invested")
        self.take_on(model, rows)
