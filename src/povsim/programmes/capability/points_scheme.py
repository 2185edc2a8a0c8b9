"""Points scheme (积分制): small rewards for households whose workers work, and a public norm."""

import numpy as np

from povsim.codes import Registration
from povsim.money.support import pay_rows
from povsim.programmes.delivery.by_need import special, weight_of
from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage

SPECIAL = (int(Registration.REGISTERED), int(Registration.EDGE))


class PointsScheme(PayAsUsed):
    """Reward registered and edge households that work, in wage work or on their own land."""

    coverage: float = 0.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """Add the lever that last month's money paid for (the purse has the strength already)."""
        for standing in SPECIAL:
            rates.lever[standing] += self.numbers.lever * self.coverage / self.strength

    def act(self, model: Stage) -> None:
        """Share the purse among households that earn points, up to the full reward."""
        h, full = model.households, self.numbers.reward * model.economy.level
        works = (h["labour"] > 0) & ((h.wage_workers > 0) | (h["land"] > 0.0))
        rows = np.flatnonzero(special(model) & works)
        due = full * float(weight_of(model, rows).sum())
        self.coverage = min(self.usable(model) / due, 1.0) if due > 0.0 else 0.0
        if self.coverage == 0.0:
            return
        self.pay_for(model, due * self.coverage, "received_by_households")
        pay_rows(model, rows, np.full(len(rows), full * self.coverage))
