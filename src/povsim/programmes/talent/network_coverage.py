"""Network coverage (农村网络全覆盖): offers reach villages, data are open."""

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock, households_of
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class NetworkCoverage(PayAsUsed):
    """Build networks; leakage falls with coverage gained."""

    first: float = -1.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """Lower leakage by the part of the missing coverage that has been built."""
        now = self._coverage(model)
        if self.first < 0.0:
            self.first = now
        gained = (now - self.first) / max(1.0 - self.first, 1e-9)
        rates.leakage *= 1.0 - self.numbers.leakage_cut * max(gained, 0.0)

    def act(self, model: Stage) -> None:
        """Build where coverage lacks."""
        need = households_of(model) * np.maximum(1.0 - model.places["digital"], 0.0)
        cost = self.numbers.cost * model.economy.level
        self.pay_for(
            model, build_stock(model, "digital", self.usable(model), need, cost), "invested"
        )

    def _coverage(self, model: Stage) -> float:
        return float(np.average(model.places["digital"], weights=households_of(model)))
