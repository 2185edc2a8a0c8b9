"""County growth points (县域经济新增长点): work near home and steadier prices."""

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import households_of
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class CountyGrowthPoint(PayAsUsed):
    """Build lasting local jobs where people are."""

    def __init__(self, card, use) -> None:
        super().__init__(card, use)
        self.jobs = np.zeros(0)

    def modify(self, rates: Rates, model: Stage) -> None:
        """Take part of the swing out of prices, by jobs built."""
        if len(self.jobs) == 0:
            return
        weight = model.treasury.place_weight
        built = float(self.jobs @ weight) / float(households_of(model).sum())
        steadied = self.numbers.steadying * min(built / self.numbers.full_jobs, 1.0)
        rates.price *= model.economy.price ** (-steadied)

    def act(self, model: Stage) -> None:
        """Build jobs by households; some are lost every month."""
        p, places, weight = self.numbers, model.places, model.treasury.place_weight
        if len(self.jobs) == 0:
            self.jobs = np.zeros(len(places))
        lost = self.jobs * p.wear / 12.0
        money, households = self.usable(model), households_of(model)
        new = money / (p.cost * model.economy.level) * households / households.sum() / weight
        self.jobs += new - lost
        places["local_jobs"][:] += new - lost
        self.pay_for(model, money, "invested")
