"""Public works (以工代赈): days of paid work for people without a wage job, building roads."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from povsim.money.support import WAGE, pay_rows
from povsim.programmes.delivery.by_need import in_review, line_up, weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock
from povsim.programmes.stage import Stage

Array = NDArray[Any]


class PublicWorks(PayAsUsed):
    """Hire one own-account worker of a low-income household; spend the rest on the works."""

    queue: Array | None = None

    def act(self, model: Stage) -> None:
        """Hire in the order of need for as much as the purse pays, and build where they work."""
        p, h = self.numbers, model.households
        if self.queue is None or in_review(model):
            ceiling = p.income_ceiling * model.economy.level
            self.queue = line_up(model, h["labour"] > 0, ceiling)
        able = (h.own_workers[self.queue] > 0) & (h["illness_months"][self.queue] == 0)
        rows = self.queue[able]
        wage = p.daily_wage * p.days_per_month * model.economy.level
        paid = np.cumsum(wage * weight_of(model, rows))
        money = self.usable(model)
        count = int(np.searchsorted(paid, money * p.labour_share, side="right"))
        if count == 0:
            return
        wages = float(paid[count - 1])
        self.pay_for(model, wages, "received_by_households")
        by_place = pay_rows(model, rows[:count], np.full(count, wage), WAGE)
        materials = min(wages / p.labour_share - wages, self.usable(model))
        built = build_stock(
            model,
            "infrastructure",
            materials,
            by_place * model.treasury.place_weight,
            p.infrastructure_cost * model.economy.level,
        )
        self.pay_for(model, built, "invested")
