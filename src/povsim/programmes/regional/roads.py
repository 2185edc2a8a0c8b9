"""Roads and connectivity (基础设施互联互通)."""

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock, households_of
from povsim.programmes.rates import Rates
from povsim.programmes.stage import Stage


class Roads(PayAsUsed):
    """Build infrastructure; what was built also brings work away nearer."""

    built: float = 0.0

    def modify(self, rates: Rates, model: Stage) -> None:
        """More offers away, by the mean index that has been built."""
        rates.offers *= 1.0 + self.numbers.offer_gain * self.built

    def act(self, model: Stage) -> None:
        """Build where infrastructure lacks; what was built wears like all infrastructure."""
        cost = self.numbers.cost * model.economy.level
        households = households_of(model)
        need = households * np.maximum(1.0 - model.places["infrastructure"], 0.0)
        spent = build_stock(model, "infrastructure", self.usable(model), need, cost)
        self.built += spent / (cost * float(households.sum()))
        self.pay_for(model, spent, "invested")
