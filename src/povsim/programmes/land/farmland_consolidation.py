"""Farmland consolidation (土地整治与高标准农田)."""

import numpy as np

from povsim.programmes.delivery.one_by_one import PayAsUsed
from povsim.programmes.delivery.places import build_stock, households_of
from povsim.programmes.stage import Stage


class FarmlandConsolidation(PayAsUsed):
    """Turn fields into high-standard farmland where there is land."""

    def act(self, model: Stage) -> None:
        """Spend by land not yet consolidated; productivity follows."""
        p, places, h = self.numbers, model.places, model.households
        land = np.add.reduceat(h["land"], places["start"], dtype=np.float64)
        cost = p.cost * model.economy.level * np.maximum(land / places.rows, 0.01)
        before = places["farmland"].copy()
        need = cost * households_of(model) * (1.0 - before)
        spent = build_stock(model, "farmland", self.usable(model), need, cost)
        places["productivity"][:] *= 1.0 + p.yield_gain * (places["farmland"] - before)
        self.pay_for(model, spent, "invested")
